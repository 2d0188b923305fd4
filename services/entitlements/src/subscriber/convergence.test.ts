import { applyChange } from '@cloudnestle/runtime/testing/apply-change';
import { redeliveriesOf } from '@cloudnestle/test-kit/redeliveries';
import { sampleCompleted, sampleOrder, sampleRow } from '@cloudnestle/test-kit/samples';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildEntitlement } from './grant-access.ts';
import { mergeEntitlement } from './merge-entitlement.ts';
import { emailRecord, uuidRecord } from './testing/records.ts';

type Item = Record<string, unknown>;
type Payment = ReturnType<typeof sampleCompleted>['detail']['data'];

const tiers = [
  { tier: 'registered', rank: 0, dailyQuota: 10 },
  { tier: 'pro', rank: 1, dailyQuota: null },
  { tier: 'enterprise', rank: 2, dailyQuota: null },
];

/** One delivery on a record that may not be there yet; `now` differs with every delivery. */
function deliver(record: Item | undefined, payment: Payment, now: Date): Item {
  if (!record) {
    const key = { pk: 'user#u', sk: 'solution#s' };
    const identity = { key, solutionId: 's', email: 'a@example.com', token: 'tok_perm_1' };
    return buildEntitlement(payment, identity, now);
  }
  const { plan, transactionId, completedAt } = payment;
  const grant = { tier: plan.tier, transactionId, completedAt };
  return applyChange(record, mergeEntitlement(record, grant, { tiers, isByUserId: true, now }));
}

function settle(record: Item | undefined, payments: readonly Payment[]): Item {
  let state = record;
  payments.forEach((payment, index) => {
    state = deliver(state, payment, new Date(Date.UTC(2025, 11, 1, 0, 0, index)));
  });
  const { updatedAt: _a, updated_at: _b, ...rest } = state ?? {};
  return rest;
}

const anyPayment = fc
  .record({
    tier: fc.constantFrom('registered', 'pro', 'enterprise'),
    order: fc.constantFrom('MP-u-1-aaaaaa', 'MP-u-2-bbbbbb', 'MP-u-3-cccccc'),
    hour: fc.integer({ min: 20, max: 26 }),
  })
  .map(({ tier, order, hour }) => {
    const at = new Date(Date.UTC(2025, 10, 23, hour)).toISOString();
    const { data } = sampleCompleted(sampleOrder(sampleRow({ merchantOrderId: order })), at).detail;
    return { ...data, plan: { ...data.plan, tier } };
  });

const anyRecord = fc.constantFrom<(Item | undefined)[]>(
  undefined,
  uuidRecord,
  emailRecord,
  { token: 't' },
  { ...emailRecord, ...uuidRecord },
  { ...uuidRecord, status: 'suspended', tier: 'enterprise' },
  { ...uuidRecord, tier: 'campus', access_tier: 'campus', accessTier: 'campus' },
  { ...uuidRecord, grantedByTransactionId: 'txn_other', grantedAt: '2025-11-23T22:00:00Z' },
);

it('ends the same for any order and number of deliveries of several payments', () => {
  fc.assert(
    fc.property(
      anyRecord,
      fc
        .array(anyPayment, { minLength: 1, maxLength: 5 })
        .chain((clean) => fc.tuple(fc.constant(clean), redeliveriesOf(clean))),
      (record, [clean, deliveries]) => {
        expect(settle(record, deliveries)).toEqual(settle(record, clean));
      },
    ),
  );
});

it('never lets access drop on the way', () => {
  const rankOf = (tier: unknown) => tiers.find((each) => each.tier === tier)?.rank ?? -1;
  fc.assert(
    fc.property(anyRecord, fc.array(anyPayment, { minLength: 1 }), (record, payments) => {
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
