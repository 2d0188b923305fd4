import type { Tier } from '@cloudnestle/contracts/plan';
import { applyChange } from '@cloudnestle/runtime/testing/apply-change';
import { redeliveriesOf } from '@cloudnestle/test-kit/redeliveries';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeTier } from './merge-tier.ts';

const tiers: Tier[] = [
  { tier: 'registered', rank: 0, dailyQuota: 10 },
  { tier: 'pro', rank: 1, dailyQuota: null },
  { tier: 'enterprise', rank: 2, dailyQuota: null },
];
const context = { tiers, now: new Date('2025-11-24T00:00:00.000Z') };
const payment = { tier: 'pro', completedAt: '2025-11-23T10:00:00.000Z' };
const settle = (user: Record<string, unknown>, ...payments: (typeof payment)[]) =>
  payments.reduce((state, each) => applyChange(state, mergeTier(state, each, context)), user);

it('makes a registered user Pro from the moment of the payment', () => {
  expect(settle({ userId: 'u', subscriptionTier: 'registered' }, payment)).toEqual({
    userId: 'u',
    subscriptionTier: 'pro',
    subscriptionStatus: 'active',
    subscriptionStartDate: '2025-11-23T10:00:00.000Z',
    lastPaymentDate: '2025-11-23T10:00:00.000Z',
    updatedAt: '2025-11-24T00:00:00.000Z',
  });
});

it('writes nothing on the second delivery', () => {
  expect(mergeTier(settle({ userId: 'u' }, payment), payment, context)).toBeUndefined();
});

it('repairs what was broken since', () => {
  const broken = { ...settle({ userId: 'u' }, payment), subscriptionTier: 'registered' };
  expect(settle(broken, payment)).toMatchObject({ subscriptionTier: 'pro' });
});

it('never moves a user down', () => {
  expect(settle({ subscriptionTier: 'enterprise' }, payment).subscriptionTier).toBe('enterprise');
});

it('leaves a tier that the catalogue does not know as it is, and notes the payment beside it', () => {
  expect(settle({ subscriptionTier: 'campus' }, payment)).toMatchObject({
    subscriptionTier: 'campus',
    subscriptionStatus: 'active',
    lastPaymentDate: payment.completedAt,
  });
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
      subscriptionStartDate: payment.completedAt,
      lastPaymentDate: payment.completedAt,
    });
  });
});

const anyUser = fc.record(
  {
    subscriptionTier: fc.constantFrom('registered', 'pro', 'enterprise', 'free'),
    subscriptionStatus: fc.constantFrom('active', 'inactive', 'suspended'),
    subscriptionStartDate: fc.constantFrom('2025-11-23T10:00:00Z', '2024-01-01T00:00:00.000Z', '?'),
    lastPaymentDate: fc.constantFrom('2025-11-23T10:00:00Z', '2026-01-01T00:00:00.000Z', '?'),
  },
  { requiredKeys: [] },
);
const anyPayments = fc.array(
  fc.record({
    tier: fc.constantFrom('registered', 'pro', 'enterprise'),
    completedAt: fc.integer({ min: 0, max: 5 }).map((hour) => `2025-11-23T0${hour}:00:00.000Z`),
  }),
  { minLength: 1, maxLength: 5 },
);

it('ends the same for any order and number of deliveries of several payments', () => {
  fc.assert(
    fc.property(
      anyUser,
      anyPayments.chain((clean) => fc.tuple(fc.constant(clean), redeliveriesOf(clean))),
      (user, [clean, deliveries]) => {
        const { updatedAt: _clean, ...expected } = settle(user, ...clean);
        const { updatedAt: _real, ...actual } = settle(user, ...deliveries);
        expect(actual).toEqual(expected);
      },
    ),
  );
});

it('never lets access drop on the way', () => {
  const rankOf = (user: Record<string, unknown>) =>
    tiers.find(({ tier }) => tier === user.subscriptionTier)?.rank ?? -1;
  fc.assert(
    fc.property(anyUser, anyPayments, (user, payments) => {
      let state: Record<string, unknown> = user;
      for (const each of payments) {
        const next = settle(state, each);
        expect(rankOf(next)).toBeGreaterThanOrEqual(rankOf(state));
        state = next;
      }
    }),
  );
});
