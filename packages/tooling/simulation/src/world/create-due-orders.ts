import { defaultTableNames } from '@cloudnestle/topology/tables';
import type { Watch } from '../parts/watch.ts';

/** Knows when the next order is due for the sweep, so that days on which nothing is due cost nothing. */
export function createDueOrders(watch: Watch): { isAnyDue(nowMs: number): boolean } {
  const dueAt = new Map<unknown, string>();
  let earliest: string | undefined;
  let isKnown = true;
  watch.add({
    name: 'dueOrders',
    rule: '',
    changed: ({ table, before, after }) => {
      if (table !== defaultTableNames.transactions) return;
      const id = (after ?? before)?.transactionId;
      const next = after?.nextCheckAt;
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
