import { createFakePlatform } from '@cloudnestle/test-kit/fake-platform';
import { redeliveriesOf } from '@cloudnestle/test-kit/redeliveries';
import { sampleOrder, sampleRow } from '@cloudnestle/test-kit/samples';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { recordEvent } from './record-event.ts';
import { eventsAbout } from './testing/arbitrary-events.ts';
import { createMemoryStores } from './testing/memory-stores.ts';

type Event = Parameters<typeof recordEvent>[1];
type Item = Record<string, unknown>;

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
    );
  }),
);

async function settle(
  rows: readonly Item[],
  events: readonly Event[],
  turn: () => Promise<void>,
  inTurn: boolean,
) {
  const platform = createFakePlatform();
  const stores = createMemoryStores(rows, turn);
  const deps = { ...platform, ...stores, bankHolidays: [] };
  if (inTurn) for (const event of events) await recordEvent(deps, event);
  else await Promise.all(events.map((event) => recordEvent(deps, event)));
  return { ...stores.state(), platform };
}

/** Some events, and the same as an at-least-once queue may deliver them. */
const storiesOf = (event: ReturnType<typeof eventsAbout>) =>
  fc
    .array(event, { minLength: 1, maxLength: 7 })
    .chain((clean) => fc.tuple(fc.constant(clean), redeliveriesOf(clean)));
const anyStory = storiesOf(eventsAbout(orders));

it.each([
  ['several orders of one buyer', anyStory],
  ['one order', storiesOf(eventsAbout(orders.slice(0, 1)))],
  [
    'several paid orders of one buyer',
    storiesOf(eventsAbout(orders).filter((event) => event.detailType === 'PaymentCompleted')),
  ],
])(
  'ends the same for any order, number and interleaving of deliveries for %s',
  async (_of, story) => {
    await fc.assert(
      fc.asyncProperty(anyRows, story, fc.scheduler(), async (rows, events, scheduler) => {
        const [clean, deliveries] = events;
        const expected = await settle(rows, clean, async () => undefined, true);
        const turn = () => scheduler.schedule(Promise.resolve());
        const actual = await scheduler.waitFor(settle(rows, deliveries, turn, false));
        expect(actual.rows).toEqual(expected.rows);
        expect(actual.paid).toEqual(expected.paid);
      }),
      { numRuns: 300 },
    );
  },
);

it('marks all but the first of the standing paid orders as its duplicates, and warns of each', async () => {
  await fc.assert(
    fc.asyncProperty(anyRows, anyStory, async (rows, [, deliveries]) => {
      const { platform, ...state } = await settle(rows, deliveries, async () => undefined, true);
      const paid = Object.entries(state.paid['test-uuid-123#pro'] ?? {}).sort(
        ([idA, a], [idB, b]) => (a < b || (a === b && idA < idB) ? -1 : 1),
      );
      const [first, ...others] = paid.map(([id]) => id);
      const duplicates = state.rows.filter((row) => row.duplicateOf !== undefined);
      expect(duplicates.map((row) => row.transactionId).sort()).toEqual(others.sort());
      for (const row of duplicates) expect(row.duplicateOf).toBe(first);
      expect(platform.counted('BuyerChargedTwice')).toBeGreaterThanOrEqual(others.length);
    }),
  );
});

it('never takes COMPLETED back', async () => {
  await fc.assert(
    fc.asyncProperty(anyRows, anyStory, async (rows, [, deliveries]) => {
      const state = await settle(rows, deliveries, async () => undefined, true);
      const paidIds = deliveries
        .filter((event) => event.detailType === 'PaymentCompleted')
        .map((event) => event.data.transactionId);
      for (const row of state.rows) {
        expect(row.status === 'COMPLETED').toBe(paidIds.includes(String(row.transactionId)));
      }
    }),
  );
});
