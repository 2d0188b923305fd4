/** What a run found and did. */
export interface BackfillResult {
  stage: string;
  dryRun: boolean;
  indexes: readonly IndexResult[];
  rows: RowsResult;
  /** Why the rest was not reached. */
  brokenOff?: string;
}

/** Whether a further run would find nothing to do. */
export function isNothingLeft({ dryRun, indexes, rows, brokenOff }: BackfillResult): boolean {
  const areIndexesThere = indexes.every(({ state }) => state === 'there' || state === 'made');
  const rowsLeft =
    rows.unreadable.length +
    rows.refused.length +
    (dryRun ? rows.given + rows.noted + rows.granted : 0);
  return brokenOff === undefined && areIndexesThere && rowsLeft === 0;
}

/** How one index ended. */
export interface IndexResult {
  table: string;
  index: string;
  /** `dayShard, createdAt` */
  keys: string;
  state: IndexState;
  /** Of `blocked`: the rows that could not be written any more. */
  blockedBy?: UnfitRows[];
}

export type IndexState =
  | 'there'
  | 'missing'
  /** Not made: it would keep rows from being written. */
  | 'blocked'
  | 'made'
  /** Asked for, and AWS is still at it. */
  | 'being made'
  /** The endpoint cannot make an index of a table that is there. */
  | 'not possible here';

/** Rows that an index would make unwritable. */
export interface UnfitRows {
  attribute: string;
  rows: number;
  /** The first few, by their keys; addresses in them are masked. */
  examples: string[];
}

/** A row that is left as it is, and why. */
export interface LeftRow {
  transactionId: string;
  reason: string;
}

/** What became of the rows. */
export interface RowsResult {
  table: string;
  looked: number;
  /** Had every key already. */
  complete: number;
  /** Got keys; on a dry run: would get them. */
  given: number;
  /** Of these: is looked at by the next sweep. */
  opened: number;
  /** Paid orders that are noted in their buyer's checkouts item now; on a dry run: would be. */
  noted: number;
  /** Paid orders whose grant the buyer's row or records got now; on a dry run: would get. */
  granted: number;
  /** Paid orders whose tier none of the buyer's items names, or whose buyer has none: not given, the gateway is to be asked. */
  withoutAccess: string[];
  /** Paid orders beside another one of the same buyer and tier. */
  paidAgain: string[];
  /** Of these: is found among the orders that need an operator. */
  needPerson: number;
  /** Deleted meanwhile. */
  gone: number;
  unreadable: LeftRow[];
  /** The write was not taken. */
  refused: LeftRow[];
  /** Wait for an outcome, and are too old for a sweep. */
  undecided: { count: number; from: string | undefined; to: string | undefined };
}

export function startRows(table: string): RowsResult {
  return {
    table,
    looked: 0,
    complete: 0,
    given: 0,
    opened: 0,
    noted: 0,
    granted: 0,
    withoutAccess: [],
    paidAgain: [],
    needPerson: 0,
    gone: 0,
    unreadable: [],
    refused: [],
    undecided: { count: 0, from: undefined, to: undefined },
  };
}

/** Notes an order that is too old for a sweep; `day`: of its creation in India. */
export function noteUndecided({ undecided }: RowsResult, day: string): void {
  undecided.count += 1;
  if (undecided.from === undefined || day < undecided.from) undecided.from = day;
  if (undecided.to === undefined || day > undecided.to) undecided.to = day;
}
