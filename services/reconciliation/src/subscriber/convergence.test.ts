import { needsAttention } from '@cloudnestle/payments/attention/attention';
import { createFakePlatform } from '@cloudnestle/runtime/testing/fake-platform';
import { redeliveriesOf } from '@cloudnestle/test-kit/redeliveries';
import { sampleOrder, sampleRow } from '@cloudnestle/test-kit/samples';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { recordEvent } from './record-event.ts';
import { eventsAbout, moneyOf, paymentsByTwoAttemptsOf } from './testing/arbitrary-events.ts';
import { createMemoryStores } from './testing/memory-stores.ts';

type Event = Parameters<typeof recordEvent>[1];
type Item = Record<string, unknown>;
interface Delivery {
  event: Event;
  killedAtTurn?: number | undefined;
}

const ids = ['MP-u-1-aaaaaa', 'MP-u-2-bbbbbb', 'MP-u-3-cccccc'];
const freshRows = ids.map((merchantOrderId) => sampleRow({ merchantOrderId }));
const orders = freshRows.map((row) => sampleOrder(row));

/** The rows as the upgrade call leaves them, and as the replaced system has left some of them. */
const anyRows: fc.Arbitrary<Item[]> = fc.tuple(
  ...freshRows.map((row) => {
    const { history: _h, plan: _p, dayShard: _d, openShard: _o, nextCheckAt: _n, ...old } = row;
    const oldTimes = { createdAt: '2025-11-23T09:00:00Z', expiresAt: '2025-11-23T09:30:00Z' };
    return fc.constantFrom<Item[]>(
      row,
      { ...row, phonepeOrderId: undefined },
      { ...old, ...oldTimes },
      { ...old, ...oldTimes, status: 'FAILED', utr: '999999999999', failureReason: 'by the bank' },
      { ...row, accessRevokedAt: '2025-11-30T00:00:00.000Z' },
      { ...row, refunds: { before: 9_900 }, effectsRepublished: 2 },
      {
        ...row,
        refundHolds: { [`full-${row.merchantOrderId}`]: 29_900, other: 100 },
        refundVersion: 3,
      },
      { ...row, reviewClearedAt: '2025-11-23T10:02:00.000Z' },
    );
  }),
);

/** The deliveries' effects: one after the other, or all at once, each waiting its `turn` before it reads or writes. */
async function settle(
  rows: readonly Item[],
  deliveries: readonly Delivery[],
  turn?: () => Promise<void>,
) {
  const platform = createFakePlatform();
  const memory = createMemoryStores(rows);
  const deliver = async ({ event, killedAtTurn }: Delivery) => {
    let turns = 0;
    const takeTurn = async () => {
      await turn?.();
      turns += 1;
      if (turns === killedAtTurn) throw new Error('killed');
    };
    const deps = { ...platform, ...memory.connect(takeTurn), bankHolidays: [] };
    const record = (mayBeRepeat: boolean) => recordEvent(deps, event, { mayBeRepeat });
    // What dies half-way has not finished its record, so it is delivered again.
    await record(false).catch(() => record(true));
  };
  if (turn) await Promise.all(deliveries.map(deliver));
  else for (const delivery of deliveries) await deliver(delivery);
  return { ...memory.state(), platform };
}

/** Some events, and the same as an at-least-once queue may deliver them to a function that may die at any step. */
const storiesOf = (event: fc.Arbitrary<Event>) =>
  fc.array(event, { minLength: 1, maxLength: 7 }).chain((events) => {
    const clean = events.map((each): Delivery => ({ event: each }));
    const killedAtTurn = fc.option(fc.integer({ min: 1, max: 16 }), { nil: undefined });
    const wild = redeliveriesOf(events).chain((all) =>
      fc.tuple(...all.map((each) => fc.record({ event: fc.constant(each), killedAtTurn }))),
    );
    return fc.tuple(fc.constant(clean), wild);
  });
const anyStory = storiesOf(eventsAbout(orders));

it.each([
  ['several orders of one buyer', anyStory],
  ['one order', storiesOf(eventsAbout(orders.slice(0, 1)))],
  ['orders paid by two attempts', storiesOf(paymentsByTwoAttemptsOf(orders.slice(0, 2)))],
  ['two orders, paid and given back', storiesOf(moneyOf(orders.slice(0, 2), 'full'))],
  ['three orders, paid and given back', storiesOf(moneyOf(orders, 'full'))],
  ['an order given back in parts', storiesOf(moneyOf(orders.slice(0, 1), 'larger', 'smaller'))],
])(
  'ends the same for any order, number, interleaving and death of deliveries for %s',
  async (_of, story) => {
    await fc.assert(
      fc.asyncProperty(anyRows, story, fc.scheduler(), async (rows, deliveries, scheduler) => {
        const [clean, wild] = deliveries;
        const expected = await settle(rows, clean);
        const turn = () => scheduler.schedule(Promise.resolve());
        const actual = await scheduler.waitFor(settle(rows, wild, turn));
        expect(actual.rows).toEqual(expected.rows);
        expect(actual.paid).toEqual(expected.paid);
      }),
      { numRuns: 100 },
    );
  },
);

it('marks all but the first of the standing paid orders as its duplicates, for each of which an operator is needed', async () => {
  await fc.assert(
    fc.asyncProperty(anyRows, anyStory, async (rows, [, deliveries]) => {
      const { platform: _p, ...state } = await settle(rows, deliveries);
      const paid = Object.entries(state.paid['test-uuid-123#pro'] ?? {}).sort(
        ([idA, a], [idB, b]) => (a < b || (a === b && idA < idB) ? -1 : 1),
      );
      const [first, ...others] = paid.map(([id]) => id);
      const duplicates = state.rows.filter((row) => row.duplicateOf !== undefined);
      expect(duplicates.map((row) => row.transactionId).sort()).toEqual(others.sort());
      for (const row of duplicates) expect(row.duplicateOf).toBe(first);
      const charged = state.rows.filter((row) => needsAttention(row, 'CHARGED_TWICE'));
      expect(charged.map((row) => row.transactionId)).toEqual(
        duplicates.map((row) => row.transactionId),
      );
    }),
  );
});

it('never takes COMPLETED back', async () => {
  await fc.assert(
    fc.asyncProperty(anyRows, anyStory, async (rows, [, deliveries]) => {
      const state = await settle(rows, deliveries);
      const paidIds = deliveries
        .map(({ event }) => event)
        .filter((event) => event.detailType === 'PaymentCompleted')
        .map((event) => event.data.transactionId);
      for (const row of state.rows) {
        expect(row.status === 'COMPLETED').toBe(paidIds.includes(String(row.transactionId)));
      }
    }),
  );
});

it('takes access back for exactly the orders whose money went back in full, and counts them as no payment', async () => {
  await fc.assert(
    fc.asyncProperty(anyRows, anyStory, async (rows, [, deliveries]) => {
      const { platform: _p, ...state } = await settle(rows, deliveries);
      const paidIds = Object.values(state.paid).flatMap((orders) => Object.keys(orders));
      for (const [index, row] of state.rows.entries()) {
        const wasRevoked = rows[index]?.accessRevokedAt !== undefined;
        expect(row.isRevoked).toBe(wasRevoked || sumOf(row.refunds) >= 29_900);
        expect(paidIds.includes(String(row.transactionId))).toBe(
          row.status === 'COMPLETED' && !row.isRevoked,
        );
      }
    }),
  );
});

it('sets free what was held for each refund that is over, and nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(anyRows, anyStory, async (rows, [, deliveries]) => {
      const state = await settle(rows, deliveries);
      const over = deliveries.flatMap(({ event }) =>
        event.detailType === 'PaymentRefunded' || event.detailType === 'RefundFailed'
          ? [event.data.refundId]
          : [],
      );
      for (const [index, row] of state.rows.entries()) {
        const held = Object.keys(rows[index]?.refundHolds ?? {});
        expect(Object.keys(row.refundHolds ?? {})).toEqual(
          held.filter((refundId) => !over.includes(refundId)),
        );
      }
    }),
  );
});

function sumOf(refunds: unknown): number {
  const amounts: unknown[] = Object.values(refunds ?? {});
  return amounts.reduce<number>((sum, each) => sum + Number(each), 0);
}
