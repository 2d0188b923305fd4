import { nameInUrl } from '../../queues/stage-queues.ts';

/** A queue that something should lead to. */
export interface KnownQueue {
  name: string;
  /** Undefined where it could not be asked for: then the name has to do. */
  arn: string | undefined;
}

/** Whether that ARN is this queue's. */
export function isQueue(arn: string, { name, arn: own }: KnownQueue): boolean {
  return own === undefined ? nameInUrl(arn) === name : arn === own;
}

/** That ARN's queue in words that tell it from the one it should be: its name, or all of it where the names are one. */
export function nameApart(arn: string, { name }: KnownQueue): string {
  return nameInUrl(arn) === name ? arn : nameInUrl(arn);
}
