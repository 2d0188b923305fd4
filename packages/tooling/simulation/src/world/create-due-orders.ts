import { defaultTableNames } from '@cloudnestle/topology/tables';
import type { Watch } from '../parts/watch.ts';

/** Knows when the next order is due for the sweep, so that days on which nothing is due cost nothing. */
export function createDueOrders(watch: Watch): {
  isAnyDue(nowMs: number): boolean;
  /** Whether a document is thought of and not issued. */
  isAnyDocumentOpen(): boolean;
} {
  const openDocuments = new Set<string>();
  const dueAt = new Map<unknown, string>();
  let earliest: string | undefined;
  let isKnown = true;
  watch.add({
    name: 'dueOrders',
    rule: '',
    changed: ({ table, before, after }) => {
      if (table === defaultTableNames.invoices) {
        const key = `${String((after ?? before)?.pk)} ${String((after ?? before)?.sk)}`;
        if (after?.openShard === undefined) openDocuments.delete(key);
        else openDocuments.add(key);
      }
      if (table !== defaultTableNames.transactions) return;
      const id = (after ?? before)?.transactionId;
      const next = after?.nextCheckAt;
      if (typeof next === 'string') dueAt.set(id, next);
      else dueAt.delete(id);
      isKnown = false;
    },
  });
  return {
    isAnyDocumentOpen: () => openDocuments.size > 0,
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
