import type { Tier } from '@cloudnestle/contracts/plan';
import { describe, expect, test } from 'vitest';
import { type AccessFacts, decideAccess } from './decide-access.ts';

const tiers: Tier[] = [
  { tier: 'registered', rank: 0, dailyQuota: 10 },
  { tier: 'pro', rank: 1, dailyQuota: null },
  { tier: 'team', rank: 2, dailyQuota: null },
];
const user = { userId: 'u', email: 'u@example.com', subscriptionTier: 'pro' };
const record = { access_tier: 'pro', status: 'active' };
const complete: AccessFacts = {
  row: {},
  plan: { tier: 'pro' },
  user,
  records: [[record]],
  tiers,
};

describe('granted', () => {
  test.each<[string, Partial<AccessFacts>]>([
    ['user and record hold the tier', {}],
    ['they hold a higher one', { user: { ...user, subscriptionTier: 'team' } }],
    ['a record spells it accessTier', { records: [[{ accessTier: 'pro' }]] }],
    ['a record spells it tier', { records: [[{ tier: 'pro' }]] }],
    ['every solution of the plan has a record', { records: [[record], [record, record]] }],
  ])('%s', (_name, facts) => {
    expect(decideAccess({ ...complete, ...facts })).toBe('granted');
  });
});

describe('pending', () => {
  test.each<[string, Partial<AccessFacts>]>([
    ['no user', { user: undefined }],
    ['a user without a tier', { user: { userId: 'u', email: 'u@example.com' } }],
    ['a lower tier', { user: { ...user, subscriptionTier: 'registered' } }],
    ['no record', { records: [[]] }],
    ['a solution without a record', { records: [[record], []] }],
    ['one record of two behind', { records: [[record, { access_tier: 'registered' }]] }],
    ['a record without a tier', { records: [[{}]] }],
    ['access_tier is believed before tier', { records: [[{ access_tier: 'x', tier: 'pro' }]] }],
  ])('%s', (_name, facts) => {
    expect(decideAccess({ ...complete, ...facts })).toBe('pending');
  });
});

describe('withheld', () => {
  test.each<[string, Partial<AccessFacts>]>([
    ['access was taken back', { row: { accessRevokedAt: '2025-11-24T00:00:00.000Z' } }],
    ['the user is suspended', { user: { ...user, subscriptionStatus: 'suspended' } }],
    ['a record is suspended', { records: [[record, { ...record, status: 'suspended' }]] }],
  ])('%s', (_name, facts) => {
    expect(decideAccess({ ...complete, ...facts })).toBe('withheld');
  });
});
