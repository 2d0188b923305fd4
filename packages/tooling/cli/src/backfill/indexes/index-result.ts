import type { UnfitRows } from './collect-unfit.ts';

/** How one index ended. */
export interface IndexResult {
  table: string;
  index: string;
  /** `dayShard, createdAt` */
  keys: string;
  state: IndexState;
  /** Of `blocked`: the rows that nobody could write any more. */
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
