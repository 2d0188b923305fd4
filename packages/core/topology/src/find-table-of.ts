import { defaultIndexNames, tables } from './tables.ts';
import type { IndexKey, TableKey } from './types.ts';

const tableKeys: readonly TableKey[] = [
  'transactions',
  'users',
  'entitlements',
  'checkouts',
  'notifications',
];

/** The table that an index is of. */
export function findTableOf(index: IndexKey): TableKey {
  const found = tableKeys.find((key) =>
    tables[key].indexes.some(({ name }) => name === defaultIndexNames[index]),
  );
  if (!found) throw new Error(`no table has the index ${index}`);
  return found;
}
