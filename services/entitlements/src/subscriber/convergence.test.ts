import { buildCatalogue, planIds } from '@cloudnestle/payments/catalogue';
import { mergeEntitlement } from '@cloudnestle/runtime/access/merge-entitlement';
import type { OrderNews } from '@cloudnestle/runtime/note-grant';
import { applyChange } from '@cloudnestle/runtime/testing/apply-change';
import { emailRecord, uuidRecord } from '@cloudnestle/runtime/testing/records';
import { redeliveriesOf } from '@cloudnestle/test-kit/redeliveries';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildEntitlement } from './grant-access.ts';

type Item = Record<string, unknown>;

const { tiers, plans } = buildCatalogue({ solutionId: 's', onSale: planIds });

/** One delivery on a record that may not be there yet; `now` differs with every delivery. */
function deliver(record: Item | undefined, order: OrderNews, now: Date): Item | undefined {
  const isPayment = order.news.at !== undefined && order.news.ends?.length === 0;
  if (!record) {
    const key = { pk: 'user#u', sk: 'solution#s' };
    const identity = { key, solutionId: 's', email: 'a@example.com', userId: 'u', token: 'tok_1' };
    return isPayment ? buildEntitlement(order, identity, { tiers, now }) : undefined;
  }
  return applyChange(record, mergeEntitlement(record, order, { tiers, isByUserId: true, now }));
}

function settle(record: Item | undefined, orders: readonly OrderNews[]): Item {
  let state = record;
  orders.forEach((order, index) => {
    state = deliver(state, order, new Date(Date.UTC(2025, 11, 1, 0, 0, index)));
  });
  // The version counts writes, and one delivery may bring what two did.
  const { updatedAt: _a, updated_at: _b, grantsVersion: _c, ...rest } = state ?? {};
  return rest;
}

const hours = fc
  .integer({ min: 0, max: 1500 })
  .map((hour) => new Date(Date.UTC(2025, 9, 1, hour)).toISOString());

/** Orders with their one payment each, and ends of some of them. */
const anyOrders = (ended: fc.Arbitrary<string[]>) =>
  fc
    .uniqueArray(
      fc.record({
        transactionId: fc.constantFrom('txn_a', 'txn_b', 'txn_c', 'txn_d'),
        plan: fc.constantFrom(...plans),
        at: hours,
        ends: ended,
      }),
      { minLength: 1, selector: ({ transactionId }) => transactionId },
    )
    .map((orders) =>
      orders.flatMap(({ transactionId, plan, at, ends }): OrderNews[] => [
        { transactionId, news: { plan, at, ends: [] } },
        ...(ends.length > 0 ? [{ transactionId, news: { plan, ends } }] : []),
      ]),
    );

const stored: Item[] = [
  uuidRecord,
  emailRecord,
  { token: 't' },
  { ...emailRecord, ...uuidRecord },
  { ...uuidRecord, status: 'suspended', tier: 'enterprise' },
  { ...uuidRecord, tier: 'campus', access_tier: 'campus', accessTier: 'campus' },
  { ...uuidRecord, grantedByTransactionId: 'txn_other', grantedAt: '2025-09-30T22:00:00Z' },
];

it.each([
  ['payments and ends', stored, fc.array(hours, { maxLength: 1 })],
  // An end makes no record.
  ['payments without any record', [undefined], fc.constant<string[]>([])],
])('ends the same for any order and number of deliveries of %s', (_what, records, ends) => {
  fc.assert(
    fc.property(
      fc.constantFrom<(Item | undefined)[]>(...records),
      anyOrders(ends).chain((clean) => fc.tuple(fc.constant(clean), redeliveriesOf(clean))),
      (record, [clean, deliveries]) => {
        expect(settle(record, deliveries)).toEqual(settle(record, clean));
      },
    ),
  );
});

/** No buyer can buy what they hold: a tier that is sold as a pass was paid for, not given. */
const buyers = stored.filter(({ tier }) => tier !== 'enterprise');
const anyRecord = fc.constantFrom<(Item | undefined)[]>(undefined, ...buyers);

it('never lets access drop while all that comes are payments', () => {
  const rankOf = (tier: unknown) => tiers.find((each) => each.tier === tier)?.rank ?? -1;
  fc.assert(
    fc.property(anyRecord, anyOrders(fc.constant([])), (record, payments) => {
      let before: Item = record ?? {};
      for (const length of payments.keys()) {
        const after = settle(record, payments.slice(0, length + 1));
        expect(rankOf(after.tier)).toBeGreaterThanOrEqual(rankOf(before.tier));
        expect(rankOf(after.access_tier)).toBeGreaterThanOrEqual(rankOf(before.access_tier));
        before = after;
      }
    }),
  );
});
