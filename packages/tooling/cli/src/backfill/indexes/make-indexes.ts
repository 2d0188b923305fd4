import type { TableDefinition } from '@cloudnestle/topology/types';
import type { IndexResult } from './index-result.ts';
import { type MakeDependencies, makeIndex } from './make-index.ts';

/** Makes what is missing, one index after the other, and writes into `results` what became of each. */
export async function makeIndexes(
  deps: MakeDependencies,
  tables: readonly TableDefinition[],
  results: readonly IndexResult[],
): Promise<void> {
  for (const result of results) {
    if (['there', 'blocked'].includes(result.state) || deps.signal.aborted) continue;
    const table = tables.find(({ name }) => name === result.table);
    const index = table?.indexes.find(({ name }) => name === result.index);
    if (!index) continue;
    const { note } = deps;
    note(`Make the index ${result.index} of ${result.table} on ${result.keys}.`);
    result.state = await makeIndex(deps, result.table, index);
    note(`The index ${result.index} of ${result.table}: ${result.state}.`);
  }
}
