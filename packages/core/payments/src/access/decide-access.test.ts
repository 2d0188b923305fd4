import type { Tier } from '@cloudnestle/contracts/plan';
import { describe, expect, test } from 'vitest';
import { type AccessFacts, decideAccess } from './decide-access.ts';
import type { EntitlementRecord } from './holdings.ts';

const tiers: Tier[] = [
  { tier: 'registered', rank: 0, dailyQuota: 10 },
  { tier: 'pro', rank: 1, dailyQuota: null },
  { tier: 'team', rank: 2, dailyQuota: null },
];
const user = { userId: 'u', email: 'u@example.com', subscriptionTier: 'pro' };
const record = { access_tier: 'pro', status: 'active' };
const byUserId = (...each: EntitlementRecord[]) => ({ byUserId: each[0], byEmail: each.slice(1) });
const complete: AccessFacts = {
  row: {},
  plan: { tier: 'pro' },
  user,
  records: [byUserId(record)],
  tiers,
};

describe('granted', () => {
  test.each<[string, Partial<AccessFacts>]>([
    ['user and record hold the tier', {}],
    ['they hold a higher one', { user: { ...user, subscriptionTier: 'team' } }],
    [
      'they hold one that the catalogue does not know',
      {
        user: { ...user, subscriptionTier: 'enterprise' },
        records: [byUserId({ access_tier: 'enterprise' })],
      },
    ],
    ['a record spells it accessTier', { records: [byUserId({ accessTier: 'pro' })] }],
    ['a record spells it tier', { records: [byUserId({ tier: 'pro' })] }],
    [
      'every solution of the plan has a record',
      { records: [byUserId(record), byUserId(record, record)] },
    ],
  ])('%s', (_name, facts) => {
    expect(decideAccess({ ...complete, ...facts })).toBe('granted');
  });
});

describe('pending', () => {
  test.each<[string, Partial<AccessFacts>]>([
    ['no user', { user: undefined }],
    ['a user without a tier', { user: { userId: 'u', email: 'u@example.com' } }],
    ['a lower tier', { user: { ...user, subscriptionTier: 'registered' } }],
    ['no record', { records: [byUserId()] }],
    ['a solution without a record', { records: [byUserId(record), byUserId()] }],
    ['one record of two behind', { records: [byUserId(record, { access_tier: 'registered' })] }],
    ['a record without a tier', { records: [byUserId({})] }],
    [
      'access_tier is believed before tier',
      { records: [byUserId({ access_tier: 'registered', tier: 'pro' })] },
    ],
  ])('%s', (_name, facts) => {
    expect(decideAccess({ ...complete, ...facts })).toBe('pending');
  });
});

describe('withheld', () => {
  test.each<[string, Partial<AccessFacts>]>([
    ['access was taken back', { row: { accessRevokedAt: '2025-11-24T00:00:00.000Z' } }],
    ['the user is suspended', { user: { ...user, subscriptionStatus: 'suspended' } }],
    ['a record is suspended', { records: [byUserId(record, { ...record, status: 'suspended' })] }],
  ])('%s', (_name, facts) => {
    expect(decideAccess({ ...complete, ...facts })).toBe('withheld');
  });
});
