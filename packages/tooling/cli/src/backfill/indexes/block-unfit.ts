import type { TableDefinition } from '@cloudnestle/topology/types';
import { findUnfitRows, listKeys, type ScanOptions } from './find-unfit-rows.ts';
import type { IndexResult } from './index-result.ts';

/** Marks in `results` which missing indexes must not be made, and why. Looks at the rows of tables that lack an index. */
export async function blockUnfit(
  scan: ScanOptions,
  tables: readonly TableDefinition[],
  results: readonly IndexResult[],
): Promise<void> {
  for (const table of tables) {
    const missing = results.filter(
      (result) => result.table === table.name && result.state === 'missing',
    );
    const indexes = table.indexes.filter(({ name }) => missing.some(({ index }) => index === name));
    if (indexes.length === 0) continue;
    const unfit = await findUnfitRows(scan, table, indexes);
    for (const index of indexes) {
      const blockedBy = unfit.filter(({ attribute }) => listKeys(index).includes(attribute));
      const result = missing.find((each) => each.index === index.name);
      if (result && blockedBy.length > 0) Object.assign(result, { state: 'blocked', blockedBy });
    }
  }
}
