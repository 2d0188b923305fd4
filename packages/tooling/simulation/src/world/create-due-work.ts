import { defaultTableNames, tables } from '@cloudnestle/topology/tables';
import type { TableKey } from '@cloudnestle/topology/types';
import type { Item } from '../aws/dynamo.ts';
import type { Watch } from '../parts/watch.ts';

/** Knows when the next item of a table is due for its sweep, so that days on which nothing is due cost nothing. */
export function createDueWork(watch: Watch, table: TableKey): { isAnyDue(nowMs: number): boolean } {
  const { partitionKey, sortKey } = tables[table];
  const idOf = (item: Item | undefined) =>
    sortKey === undefined ? item?.[partitionKey] : `${item?.[partitionKey]} ${item?.[sortKey]}`;
  const dueAt = new Map<unknown, string>();
  let earliest: string | undefined;
  let isKnown = true;
  watch.add({
    name: `due in ${table}`,
    rule: '',
    changed: ({ table: changed, before, after }) => {
      if (changed !== defaultTableNames[table]) return;
      const id = idOf(after ?? before);
      const next = dueOf(after);
      if (typeof next === 'string') dueAt.set(id, next);
      else dueAt.delete(id);
      isKnown = false;
    },
  });
  return {
    isAnyDue: (nowMs) => {
      if (!isKnown) {
        earliest = undefined;
        for (const at of dueAt.values()) if (earliest === undefined || at < earliest) earliest = at;
        isKnown = true;
      }
      return earliest !== undefined && earliest <= new Date(nowMs).toISOString();
    },
  };
}

/** A document that is thought of and not issued is due since then. */
function dueOf(item: Item | undefined): unknown {
  return item?.openShard !== undefined && item.openSince !== undefined
    ? item.openSince
    : item?.nextCheckAt;
}
