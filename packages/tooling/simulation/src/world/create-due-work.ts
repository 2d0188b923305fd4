import { defaultTableNames, tables } from '@cloudnestle/topology/tables';
import type { TableKey } from '@cloudnestle/topology/types';
import type { Item } from '../aws/dynamo.ts';
import type { Watch } from '../parts/watch.ts';

/** A document that was not finished within this time waits for what no run of its sweep brings: the hourly one is enough. */
const DOCUMENT_DUE_MS = 2 * 60 * 60_000;

/** Knows when the next item of a table is due for its sweep, so that days on which nothing is due cost nothing. */
export function createDueWork(watch: Watch, table: TableKey): { isAnyDue(nowMs: number): boolean } {
  const { partitionKey, sortKey } = tables[table];
  const idOf = (item: Item | undefined) =>
    sortKey === undefined ? item?.[partitionKey] : `${item?.[partitionKey]} ${item?.[sortKey]}`;
  const due = new Map<unknown, Due>();
  watch.add({
    name: `due in ${table}`,
    rule: '',
    changed: ({ table: changed, before, after }) => {
      if (changed !== defaultTableNames[table]) return;
      const id = idOf(after ?? before);
      const next = dueOf(after);
      if (next) due.set(id, next);
      else due.delete(id);
    },
  });
  return {
    isAnyDue: (nowMs) => {
      for (const { fromMs, untilMs } of due.values()) {
        if (fromMs <= nowMs && nowMs < untilMs) return true;
      }
      return false;
    },
  };
}

interface Due {
  fromMs: number;
  untilMs: number;
}

/** A document that is thought of and not issued is due since then. */
function dueOf(item: Item | undefined): Due | undefined {
  const { openShard, openSince, nextCheckAt } = item ?? {};
  if (openShard !== undefined && typeof openSince === 'string') {
    const fromMs = Date.parse(openSince);
    return { fromMs, untilMs: fromMs + DOCUMENT_DUE_MS };
  }
  if (typeof nextCheckAt !== 'string') return undefined;
  return { fromMs: Date.parse(nextCheckAt), untilMs: Number.POSITIVE_INFINITY };
}
