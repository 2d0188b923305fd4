import type { IndexResult } from './indexes/index-result.ts';
import type { RowsResult } from './rows/rows-result.ts';

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
    rows.unreadable.length + rows.refused.length + (dryRun ? rows.given + rows.noted : 0);
  return brokenOff === undefined && areIndexesThere && rowsLeft === 0;
}
