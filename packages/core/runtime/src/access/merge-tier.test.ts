import { buildCatalogue, planIds } from '@cloudnestle/payments/catalogue';
import { redeliveriesOf } from '@cloudnestle/test-kit/redeliveries';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OrderNews } from '../note-grant.ts';
import { applyChange } from '../testing/apply-change.ts';
import { mergeTier } from './merge-tier.ts';

const { tiers, plans } = buildCatalogue({ solutionId: 's', onSale: planIds });
const now = new Date('2025-11-24T00:00:00.000Z');
const planOf = (planId: string) => {
  const plan = plans.find((each) => each.planId === planId);
  if (!plan) throw new Error(`no plan ${planId}`);
  return plan;
};
const paid = (planId: string, at: string, transactionId = 'txn_a'): OrderNews => ({
  transactionId,
  news: { plan: planOf(planId), at },
});
const payment = paid('pro', '2025-11-23T10:00:00.000Z');
const settleAt = (moment: Date, user: Record<string, unknown>, ...news: OrderNews[]) =>
  news.reduce(
    (state, each) => applyChange(state, mergeTier(state, each, { tiers, now: moment })),
    user,
  );
const settle = (user: Record<string, unknown>, ...news: OrderNews[]) =>
  settleAt(now, user, ...news);

it('makes a registered user Pro from the moment of the payment', () => {
  expect(settle({ userId: 'u', subscriptionTier: 'registered' }, payment)).toEqual({
    userId: 'u',
    subscriptionTier: 'pro',
    subscriptionStatus: 'active',
    subscriptionStartDate: '2025-11-23T10:00:00.000Z',
    lastPaymentDate: '2025-11-23T10:00:00.000Z',
    grants: { txn_a: { tier: 'pro', planId: 'pro', at: '2025-11-23T10:00:00.000Z' } },
    grantsVersion: 1,
    baseTier: 'registered',
    updatedAt: '2025-11-24T00:00:00.000Z',
  });
});

it('writes nothing on the second delivery', () => {
  expect(mergeTier(settle({ userId: 'u' }, payment), payment, { tiers, now })).toBeUndefined();
});

it('repairs what was broken since', () => {
  const broken = { ...settle({ userId: 'u' }, payment), subscriptionTier: 'registered' };
  expect(settle(broken, payment)).toMatchObject({ subscriptionTier: 'pro' });
});

it('says until when a pass holds, and nothing of it once Pro is bought for ever', () => {
  const pass = settle({ userId: 'u' }, paid('basic-monthly', '2025-11-23T10:00:00.000Z'));
  expect(pass).toMatchObject({
    subscriptionTier: 'basic',
    subscriptionEndsAt: '2025-12-23T10:00:00.000Z',
  });
  const again = paid('basic-yearly', '2025-11-23T11:00:00.000Z', 'txn_b');
  expect(settle(pass, again)).toMatchObject({ subscriptionEndsAt: '2026-12-23T10:00:00.000Z' });
  const pro = settle(pass, paid('pro', '2025-11-23T12:00:00.000Z', 'txn_c'));
  expect(pro).toMatchObject({ subscriptionTier: 'pro' });
  expect(pro).not.toHaveProperty('subscriptionEndsAt');
});

it('falls back to what was there once a pass is over, at whatever news', () => {
  const pass = paid('enterprise-monthly', '2025-11-23T10:00:00.000Z');
  const expired: OrderNews = { ...pass, news: { plan: planOf('enterprise-monthly') } };
  const later = new Date('2025-12-23T10:00:00.000Z');
  const user = settle({ subscriptionTier: 'pro' }, pass);
  expect(settle(user, expired)).toEqual(user);
  expect(settleAt(later, user, expired)).toMatchObject({ subscriptionTier: 'pro' });
});

it('knows an end that comes before its payment', () => {
  const end: OrderNews = {
    transactionId: 'txn_a',
    news: { plan: planOf('pro'), ends: ['2025-11-23T12:00:00.000Z'] },
  };
  expect(settle({ subscriptionTier: 'registered' }, end, payment)).toMatchObject({
    subscriptionTier: 'registered',
    subscriptionStartDate: '2025-11-23T10:00:00.000Z',
  });
});

it('notes nothing of a pass that ran out where it was never noted', () => {
  const expired = { transactionId: 'txn_a', news: { plan: planOf('basic-monthly') } };
  expect(mergeTier({ subscriptionTier: 'pro' }, expired, { tiers, now })).toBeUndefined();
});

it('never moves a user down from what others gave, before the payment or after', () => {
  const given = { subscriptionTier: 'enterprise' };
  expect(settle(given, payment).subscriptionTier).toBe('enterprise');
  const user = { ...settle({}, payment), ...given };
  const after = settle(user, payment, paid('basic-monthly', '2025-11-23T10:00:00.000Z', 'txn_b'));
  expect(after).toMatchObject({ subscriptionTier: 'enterprise', baseTier: 'enterprise' });
});

it('leaves a tier that the catalogue does not know as it is, and notes the payment beside it', () => {
  expect(settle({ subscriptionTier: 'campus' }, payment)).toMatchObject({
    subscriptionTier: 'campus',
    subscriptionStatus: 'active',
    lastPaymentDate: '2025-11-23T10:00:00.000Z',
    grants: { txn_a: { tier: 'pro' } },
  });
});

it('keeps the spelling of a tier that stays', () => {
  expect(settle({ subscriptionTier: 'Pro' }, payment).subscriptionTier).toBe('Pro');
});

it('leaves a suspended user suspended', () => {
  const user = settle({ subscriptionStatus: 'suspended' }, payment);
  expect(user).toMatchObject({ subscriptionTier: 'pro', subscriptionStatus: 'suspended' });
});

describe('times that others wrote', () => {
  it('keeps the spelling of a moment that is the same', () => {
    const times = {
      subscriptionStartDate: '2025-11-23T10:00:00Z',
      lastPaymentDate: '2025-11-23T10:00:00Z',
    };
    expect(settle(times, payment)).toMatchObject(times);
  });

  it('compares them as times, not as text', () => {
    const times = {
      subscriptionStartDate: '2025-11-23T15:29:59+05:30',
      lastPaymentDate: '2025-11-23T15:30:01+05:30',
    };
    expect(settle(times, payment)).toMatchObject(times);
  });

  it('replaces what is no time', () => {
    expect(settle({ subscriptionStartDate: 'soon', lastPaymentDate: 7 }, payment)).toMatchObject({
      subscriptionStartDate: payment.news.at,
      lastPaymentDate: payment.news.at,
    });
  });
});

const anyUser = fc.record(
  {
    subscriptionTier: fc.constantFrom('registered', 'Pro', 'enterprise', 'free'),
    subscriptionStatus: fc.constantFrom('active', 'inactive', 'suspended'),
    subscriptionStartDate: fc.constantFrom('2025-11-23T10:00:00Z', '2024-01-01T00:00:00.000Z', '?'),
    lastPaymentDate: fc.constantFrom('2025-11-23T10:00:00Z', '2026-01-01T00:00:00.000Z', '?'),
  },
  { requiredKeys: [] },
);
const hours = fc
  .integer({ min: 0, max: 2000 })
  .map((hour) => new Date(Date.UTC(2025, 8, 23, hour)).toISOString());
/** Payments and ends of a few orders, each with its plan. */
const anyNews = fc
  .array(
    fc.record({
      order: fc.constantFrom('txn_a', 'txn_b', 'txn_c', 'txn_d'),
      at: fc.option(hours, { nil: undefined }),
      ends: fc.array(hours, { maxLength: 1 }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .chain((news) =>
    fc.array(fc.constantFrom(...plans), { minLength: 4, maxLength: 4 }).map((bought) =>
      news.map(({ order, at, ends }): OrderNews => {
        const plan = bought[order.charCodeAt(4) - 'a'.charCodeAt(0)] ?? planOf('pro');
        return { transactionId: order, news: { plan, at, ends } };
      }),
    ),
  );

it('ends the same for any order and number of deliveries of payments and ends', () => {
  fc.assert(
    fc.property(
      anyUser,
      anyNews.chain((clean) => fc.tuple(fc.constant(clean), redeliveriesOf(clean))),
      (user, [clean, deliveries]) => {
        // The version counts writes, and one delivery may bring what two did.
        const { updatedAt: _a, grantsVersion: _b, ...expected } = settle(user, ...clean);
        const { updatedAt: _c, grantsVersion: _d, ...actual } = settle(user, ...deliveries);
        expect(actual).toEqual(expected);
      },
    ),
  );
});

it('never lets access drop while all that comes are payments', () => {
  const rankOf = (user: Record<string, unknown>) => {
    const named = String(user.subscriptionTier).toLowerCase();
    return tiers.find(({ tier }) => tier === named)?.rank ?? -1;
  };
  // No buyer can buy what they hold: a tier that is sold as a pass was paid for, not given.
  const anyBuyer = anyUser.filter(({ subscriptionTier }) => subscriptionTier !== 'enterprise');
  fc.assert(
    fc.property(anyBuyer, anyNews, (user, news) => {
      let state: Record<string, unknown> = user;
      // One that was paid twice was paid at the first of the two: its pass began then.
      const firsts = news.filter(
        (each, index) =>
          news.findIndex(({ transactionId }) => transactionId === each.transactionId) === index,
      );
      for (const { transactionId, news: each } of firsts) {
        const next = settle(state, { transactionId, news: { ...each, ends: [] } });
        expect(rankOf(next)).toBeGreaterThanOrEqual(rankOf(state));
        state = next;
      }
    }),
  );
});
