import type { ItemChange } from '@cloudnestle/runtime/merge-item';
import { applyChange } from '@cloudnestle/test-kit/apply-change';
import type { PaidOrders, TransactionRows } from '../dependencies.ts';
import { firstOf } from '../merge/gateway-side.ts';
import { recordedAt, toHistoryKey } from '../merge/history.ts';

type Item = Record<string, unknown>;

/**
 * The tables as the subscriber knows them, in memory, with the conditions of the real ones: a merge reads, decides, and
 * writes only while what it was based on still stands. `turn` is awaited before every read and every write, so that a
 * test can interleave deliveries.
 */
export function createMemoryStores(rows: readonly Item[], turn: () => Promise<void>) {
  const table = new Map(rows.map((row) => [String(row.transactionId), row]));
  const paid = new Map<string, Map<string, string>>();
  const stores: { rows: TransactionRows; paidOrders: PaidOrders } = {
    rows: {
      merge: async (transactionId, merge) => {
        for (;;) {
          await turn();
          const seen = table.get(transactionId);
          if (!seen) return { kind: 'missing' };
          const change = merge(seen);
          if (!change) return { kind: 'unchanged', item: seen };
          await turn();
          const now = table.get(transactionId) ?? {};
          if (!stillStands(change, seen, now)) continue;
          const item = applyChange(now, change);
          table.set(transactionId, item);
          return { kind: 'updated', item };
        }
      },
      isRevoked: async (transactionId) => {
        await turn();
        return table.get(transactionId)?.accessRevokedAt !== undefined;
      },
      lowerHistoryTime: async (transactionId, { eventId, at }) => {
        await turn();
        const row = table.get(transactionId) ?? {};
        if ((recordedAt(row, eventId) ?? '') <= at) return;
        const change = { set: { [`history.${toHistoryKey(eventId)}.at`]: at }, basedOn: [] };
        table.set(transactionId, applyChange(row, change));
      },
    },
    paidOrders: {
      remember: async ({ userId, tier }, { transactionId, completedAt }) => {
        await turn();
        const key = `${userId}#${tier}`;
        const known = paid.get(key) ?? new Map<string, string>();
        paid.set(key, known);
        known.set(transactionId, firstOf(known.get(transactionId), completedAt) ?? completedAt);
        return [...known].map(([id, at]) => ({ transactionId: id, completedAt: at }));
      },
    },
  };
  return {
    ...stores,
    /** All that is stored, without the times of the writes themselves. */
    state: () => ({
      rows: [...table.values()].map(({ updatedAt: _a, last_sync: _b, ...row }) => row),
      paid: Object.fromEntries([...paid].map(([key, orders]) => [key, Object.fromEntries(orders)])),
    }),
  };
}

/** What `mergeItem` asks of the table: scalars by value, maps by being there or not, absent paths by being absent. */
function stillStands(change: ItemChange, seen: Item, now: Item): boolean {
  return change.basedOn.every((name) => {
    const before = seen[name];
    const after = name.split('.').reduce<unknown>(readInside, now);
    return typeof before === 'object' ? after !== undefined : after === before;
  });
}

function readInside(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}
