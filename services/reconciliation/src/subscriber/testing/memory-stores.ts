import { isMap } from '@cloudnestle/operations/row';
import { type ItemChange, splitPath } from '@cloudnestle/runtime/merge-item';
import { applyChange } from '@cloudnestle/runtime/testing/apply-change';
import { sampleCatalogue } from '@cloudnestle/test-kit/samples';
import { firstOf } from '../merge/merge-outcome.ts';
import { recordedAt } from '../merge/row.ts';
import type { RecordDependencies } from '../record-on-row.ts';

type Item = Record<string, unknown>;
type Turn = () => Promise<void>;

/**
 * The tables as the subscriber knows them, in memory, with the conditions of the real ones: a merge reads, decides, and
 * writes only while what it was based on still stands.
 */
export function createMemoryStores(rows: readonly Item[]) {
  const table = new Map(rows.map((row) => [String(row.transactionId), row]));
  const paid = new Map<string, Map<string, string>>();
  return {
    /**
     * As one delivery sees them: its `turn` is awaited before every read and every write, so that deliveries interleave,
     * and after every write, so that one may die right after it.
     */
    connect: (
      turn: Turn,
    ): Pick<RecordDependencies, 'rows' | 'paidOrders' | 'catalogue' | 'publish'> => ({
      catalogue: sampleCatalogue,
      publish: async () => {
        await turn();
        return { kind: 'published' };
      },
      rows: connectRows(table, turn),
      paidOrders: connectPaidOrders(paid, turn),
    }),
    /**
     * All that is stored, without the times and the number of the writes themselves, and without who told something
     * first: of a revocation, only that there is one; the look after it is counted from it.
     */
    state: () => ({
      rows: [...table.values()].map((stored): Item => {
        const {
          updatedAt: _a,
          last_sync: _b,
          recordedAt: _r,
          attentionVersion: _c,
          ...row
        } = stored;
        const { accessRevokedAt, toldBy: _d, nextCheckAt, refundVersion: _e, ...others } = row;
        const { disputeVersion: _f, ...rest } = others;
        const isRevoked = accessRevokedAt !== undefined;
        return { ...rest, isRevoked, nextCheckAt: isRevoked ? undefined : nextCheckAt };
      }),
      paid: Object.fromEntries(
        [...paid]
          .filter(([, orders]) => orders.size > 0)
          .map(([key, orders]) => [key, Object.fromEntries(orders)]),
      ),
    }),
  };
}

function connectRows(table: Map<string, Item>, turn: Turn): RecordDependencies['rows'] {
  return {
    merge: async (transactionId, merge) => {
      for (let round = 1; ; round += 1) {
        await turn();
        const seen = table.get(transactionId);
        if (!seen) return { kind: 'missing' };
        const change = merge(seen);
        if (!change) return { kind: round === 1 ? 'unchanged' : 'updated', item: seen };
        await turn();
        const now = table.get(transactionId) ?? {};
        if (!stillStands(change, seen, now)) continue;
        const item = applyChange(now, change);
        table.set(transactionId, item);
        await turn();
        return { kind: 'updated', item };
      }
    },
    find: async (transactionId) => {
      await turn();
      return table.get(transactionId);
    },
    listByGatewayOrder: async (gatewayOrderId) => {
      await turn();
      const found = [...table].filter(([, row]) => row.phonepeOrderId === gatewayOrderId);
      return found.map(([transactionId]) => transactionId);
    },
    lowerHistoryTime: async (transactionId, { eventId, at }) => {
      await turn();
      const row = table.get(transactionId) ?? {};
      if ((recordedAt(row, eventId) ?? '') <= at) return;
      const line = readInside(row.history, eventId);
      const lowered = { ...(isMap(line) ? line : {}), at };
      table.set(
        transactionId,
        applyChange(row, { set: { [`history.${eventId}`]: lowered }, basedOn: [] }),
      );
    },
  };
}

function connectPaidOrders(
  paid: Map<string, Map<string, string>>,
  turn: Turn,
): RecordDependencies['paidOrders'] {
  const ordersOf = ({ userId, tier }: { userId: string; tier: string }) => {
    const key = `${userId}#${tier}`;
    const known = paid.get(key) ?? new Map<string, string>();
    paid.set(key, known);
    return known;
  };
  const list = (orders: Map<string, string>) =>
    [...orders].map(([transactionId, completedAt]) => ({ transactionId, completedAt }));
  return {
    remember: async (buyer, { transactionId, completedAt }) => {
      await turn();
      const orders = ordersOf(buyer);
      orders.set(transactionId, firstOf(orders.get(transactionId), completedAt) ?? completedAt);
      const known = list(orders);
      await turn();
      return known;
    },
    forget: async (buyer, transactionId) => {
      await turn();
      const orders = ordersOf(buyer);
      orders.delete(transactionId);
      const left = list(orders);
      await turn();
      return left;
    },
  };
}

/** What `mergeItem` asks of the table: scalars by value, maps by being there or not, absent paths by being absent. */
function stillStands(change: ItemChange, seen: Item, now: Item): boolean {
  return change.basedOn.every((name) => {
    const before = seen[name];
    const after = splitPath(name).reduce<unknown>(readInside, now);
    return typeof before === 'object' ? after !== undefined : after === before;
  });
}

function readInside(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}
