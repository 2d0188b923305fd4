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
  /** Paid orders beside another one of the same buyer and tier. */
  paidAgain: string[];
  /** Of these: is found among the orders that need a person. */
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
