/** One thing that is not as the topology says: what is, and what should be. */
export interface Problem<Fact extends string = string> {
  /** Which fact it is about, so that a reader can say what to do. */
  fact: Fact;
  words: string;
}

/** A queue that something should lead to. */
export interface KnownQueue {
  name: string;
  /** Undefined where it is not known: then the name has to do. */
  arn: string | undefined;
}

/** The name of the queue, function or table that an ARN or a url ends in. */
export function nameIn(arnOrUrl: string): string {
  return arnOrUrl.split(/[/:]/).at(-1) ?? '';
}

/** Whether that ARN is this queue's. */
export function isQueue(arn: string, { name, arn: own }: KnownQueue): boolean {
  return own === undefined ? nameIn(arn) === name : arn === own;
}

/** That ARN's queue in words that tell it from the one it should be: its name, or all of it where the names are one. */
export function nameApart(arn: string, { name }: KnownQueue): string {
  return nameIn(arn) === name ? arn : nameIn(arn);
}
