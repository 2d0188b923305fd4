import { compareHoldings, readAccessItems, type User } from '@cloudnestle/payments/access';
import { foldAccess } from '@cloudnestle/payments/access/fold';
import { newsOf, readGrants } from '@cloudnestle/payments/access/grants';
import { isEndSeen, isGrantSeen } from '@cloudnestle/payments/access/order-grant';
import { monthsOf } from '@cloudnestle/payments/catalogue';
import type { ItemChange, MergeResult } from '@cloudnestle/runtime/merge-item';
import { noteGrant } from '@cloudnestle/runtime/note-grant';
import { applyChange } from '@cloudnestle/runtime/testing/apply-change';
import { createFakePlatform } from '@cloudnestle/runtime/testing/fake-platform';
import {
  planOf,
  sampleCatalogue,
  sampleCompleted,
  sampleEnded,
  sampleOrder,
  sampleRow,
} from '@cloudnestle/test-kit/samples';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type AccessEvent, grantAccess } from './grant-access.ts';

type Item = Record<string, unknown>;

const { tiers } = sampleCatalogue;
const now = new Date('2025-11-25T00:00:00.000Z');
const ENDED_AT = '2025-11-24T00:00:00.000Z';
const USER: User = { userId: 'u', email: 'new@example.com', subscriptionTier: 'registered' };

/** A paid order: under which of the buyer's emails, whether it is refunded, and at which call its first delivery dies. */
const anyOrder = fc.record({
  userEmail: fc.constantFrom('old@example.com', 'new@example.com'),
  planId: fc.constantFrom('pro', 'enterprise-monthly'),
  isRefunded: fc.boolean(),
  diesAt: fc.option(fc.nat({ max: 8 })),
});

/** What is stored. Every call waits for its turn; a write fails where the item has changed since it was read. */
function createStore(takeTurn: (what: string) => Promise<void>) {
  const items = new Map<string, Item>();
  const read = async (key: string) => {
    await takeTurn(`read ${key}`);
    return items.get(key);
  };
  const merge = async (
    key: string,
    decide: (item: Item) => ItemChange | undefined,
  ): Promise<MergeResult> => {
    for (;;) {
      const current = await read(key);
      if (!current) return { kind: 'missing' };
      const change = decide(current);
      if (!change) return { kind: 'unchanged', item: current };
      await takeTurn(`write ${key}`);
      if (items.get(key) !== current) continue;
      const item = applyChange(current, change);
      items.set(key, item);
      return { kind: 'updated', item };
    }
  };
  const create = async (key: string, item: Item) => {
    await takeTurn(`create ${key}`);
    if (items.has(key)) return false;
    items.set(key, item);
    return true;
  };
  const readUser = async () => {
    const item = await read('the row of the user');
    return item && { ...USER, ...item };
  };
  return { items, read, merge, create, readUser };
}

type Store = ReturnType<typeof createStore>;
class Died extends Error {}

/** Delivers an event to entitlements until it is answered. */
async function deliver(
  store: Store,
  row: Item,
  event: AccessEvent,
  diesAt: number | null,
): Promise<void> {
  let calls = 0;
  const live = () => {
    calls += 1;
    if (calls === diesAt) throw new Died();
  };
  const deps = {
    catalogue: sampleCatalogue,
    now: () => now,
    metrics: createFakePlatform().metrics,
    makeToken: async () => 'tok_1',
    findTransaction: async () => row,
    findUser: async () => {
      live();
      return store.readUser();
    },
    records: {
      merge: async (key: { pk: string }, decide: (item: Item) => ItemChange | undefined) => {
        live();
        return store.merge(key.pk, decide);
      },
      create: async (record: Item & { pk: string }) => {
        live();
        return store.create(record.pk, record);
      },
    },
  };
  try {
    await grantAccess(deps, event, { mayBeRepeat: diesAt === null });
  } catch (error) {
    if (!(error instanceof Died)) throw error;
    await deliver(store, row, event, null);
  }
}

/** What tiers makes of an event. */
async function noteInUser(store: Store, row: Item, event: AccessEvent): Promise<void> {
  const { transactionId } = event.data;
  await store.merge('the row of the user', (item) => {
    const order = { transactionId, news: newsOf(row, event.data) };
    const noted = noteGrant(item, String(item.subscriptionTier), order, tiers);
    if (Object.keys(noted.maps).length === 0) return undefined;
    const subscriptionTier = foldAccess(noted, { tiers, now }).tier;
    return { set: { ...noted.attributes, ...noted.maps, subscriptionTier }, basedOn: [] };
  });
}

it('holds every order of its buyer, in whatever order tiers, entitlements and the sweep come, and where they die', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyOrder, { minLength: 2, maxLength: 3 }),
      fc.scheduler(),
      async (bought, scheduler) => {
        const store = createStore((what) => scheduler.schedule(Promise.resolve(), what));
        store.items.set('the row of the user', { ...USER });
        store.items.set('user#old@example.com', { token: 't', access_tier: 'registered' });

        const orders = bought.map(({ userEmail, planId, isRefunded, diesAt }) => {
          const plan = planOf(planId);
          const amount = plan.amountInPaisa;
          const row = sampleRow({ userId: 'u', userEmail, tier: plan.tier, plan, amount });
          const paid = sampleCompleted(sampleOrder(row));
          const ended = sampleEnded(paid, 'REFUNDED', ENDED_AT);
          const event: AccessEvent = { detailType: paid.detailType, ...paid.detail };
          const end: AccessEvent = { detailType: ended.detailType, ...ended.detail };
          return { row, plan, isRefunded, diesAt, event, end };
        });
        type Bought = (typeof orders)[number];
        const look = ({ row }: Bought) => {
          const findRecord = ({ pk }: { pk: string }) => store.read(pk);
          return readAccessItems({ findUser: store.readUser, findRecord }, sampleOrder(row));
        };
        const isHeld = async (order: Bought) => {
          const items = await look(order);
          const isGrant = monthsOf(order.plan) === undefined || isGrantSeen(items, order.row);
          return (
            compareHoldings(items, { ...order.row, ...order }, { tiers, now }).isComplete && isGrant
          );
        };
        const isEnded = async (order: Bought) =>
          isEndSeen(await look(order), order.row.transactionId);
        /** Looks until it is so; what is not seen for long is published again. */
        const sweep = async (order: Bought, isSeen: () => Promise<boolean>, event: AccessEvent) => {
          for (let looks = 1; !(await isSeen()); looks += 1) {
            if (looks === 50) throw new Error('never seen');
            if (looks < 5) continue;
            await Promise.all([
              noteInUser(store, order.row, event),
              deliver(store, order.row, event, null),
            ]);
          }
        };
        const live = async (order: Bought) => {
          const payment = [
            noteInUser(store, { ...order.row }, order.event),
            deliver(store, { ...order.row }, order.event, order.diesAt),
          ];
          if (!order.isRefunded) {
            await Promise.all([...payment, sweep(order, () => isHeld(order), order.event)]);
            return;
          }
          await scheduler.schedule(Promise.resolve(), 'refund');
          order.row.accessRevokedAt = ENDED_AT;
          await Promise.all([
            ...payment,
            noteInUser(store, order.row, order.end),
            deliver(store, order.row, order.end, order.diesAt),
            sweep(order, () => isEnded(order), order.end),
          ]);
        };
        await scheduler.waitFor(Promise.all(orders.map(live)));

        for (const order of orders) {
          const { transactionId } = order.row;
          if (!order.isRefunded) {
            expect(await scheduler.waitFor(isHeld(order)), transactionId).toBe(true);
            continue;
          }
          for (const item of store.items.values()) {
            const grant = readGrants(item.grants)[transactionId];
            expect(grant === undefined || grant.endedAt === ENDED_AT, transactionId).toBe(true);
          }
        }
      },
    ),
    { numRuns: 60 },
  );
});
