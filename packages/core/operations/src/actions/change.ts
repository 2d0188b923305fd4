/** What an operator did, without personal data: ids, filters and counts. */
export interface Action {
  /** `dlq replay`, `payment repair`, ... */
  action: string;
  /** What it was about: a queue, an order, filters. */
  target: Readonly<Record<string, string | number | boolean | undefined>>;
  counts: Readonly<Record<string, number>>;
  /** Why, in the operator's words. */
  why?: string | undefined;
}

/** Something that an operator is about to change. */
export interface Change extends Action {
  /** As a sentence: `Bring in what the gateway says of txn_1.` Or several, each a line. */
  what: string | readonly string[];
  /** False: so little that the operator is not asked, production excepted. */
  asks: boolean;
}

/**
 * Makes a change on an operator's behalf: sees that it is wanted, has `work` do it, and keeps who did it, also where the
 * work breaks off: `counts` is read once it is over. `by` is who wants it. Throws where it is not wanted, before anything
 * is changed, and what the work throws. The command line asks at its terminal; behind a route the role and the reason have
 * been looked at already.
 */
export type MakeChange = <Result>(
  change: Change,
  work: (by: string) => Promise<Result>,
) => Promise<Result>;
