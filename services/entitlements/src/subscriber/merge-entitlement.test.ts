import { applyChange } from '@cloudnestle/runtime/testing/apply-change';
import { describe, expect, it } from 'vitest';
import { type Grant, mergeEntitlement } from './merge-entitlement.ts';
import { emailRecord, uuidRecord } from './testing/records.ts';

const tiers = [
  { tier: 'registered', rank: 0, dailyQuota: 10 },
  { tier: 'pro', rank: 1, dailyQuota: null },
  { tier: 'enterprise', rank: 2, dailyQuota: null },
];
const now = new Date('2025-11-24T00:00:00.000Z');
const grant: Grant = {
  tier: 'pro',
  transactionId: 'txn_b',
  completedAt: '2025-11-23T10:00:00.000Z',
};
const settle = (record: Record<string, unknown>, isByUserId: boolean, ...grants: Grant[]) =>
  grants.reduce(
    (state, each) => applyChange(state, mergeEntitlement(state, each, { tiers, isByUserId, now })),
    record,
  );

const granted = {
  tier: 'pro',
  access_tier: 'pro',
  status: 'active',
  grantedByTransactionId: 'txn_b',
  grantedAt: '2025-11-23T10:00:00.000Z',
};

it('opens a record by user id in all its spellings and starts its count anew', () => {
  expect(settle(uuidRecord, true, grant)).toEqual({
    ...uuidRecord,
    ...granted,
    accessTier: 'pro',
    dailyUsage: 0,
    lastUsageDate: '2025-11-23',
    updatedAt: '2025-11-24T00:00:00.000Z',
  });
});

it('opens a record by email in its old format and keeps what else its usage map holds', () => {
  expect(settle(emailRecord, false, grant)).toEqual({
    ...emailRecord,
    ...granted,
    usage: { daily_usage: { '2025-11-23': 0 }, total: 12 },
    updated_at: '2025-11-24T00:00:00.000Z',
  });
});

it('writes nothing on the second delivery', () => {
  const context = { tiers, isByUserId: true, now };
  expect(mergeEntitlement(settle(uuidRecord, true, grant), grant, context)).toBeUndefined();
});

it('never moves a record down and leaves a suspended one suspended', () => {
  const record = { ...uuidRecord, tier: 'enterprise', status: 'suspended' };
  expect(settle(record, true, grant)).toMatchObject({
    tier: 'enterprise',
    access_tier: 'pro',
    status: 'suspended',
  });
});

it('leaves every spelling with a tier that the catalogue does not know as it is', () => {
  const record = { ...uuidRecord, access_tier: 'campus', tier: 'registered' };
  expect(settle(record, true, grant)).toMatchObject({
    access_tier: 'campus',
    tier: 'pro',
    accessTier: 'pro',
    grantedByTransactionId: 'txn_b',
  });
});

describe('the grant’s owner', () => {
  const used = { ...settle(uuidRecord, true, grant), dailyUsage: 4, lastUsageDate: '2025-11-24' };

  it.each([
    ['a later payment', { transactionId: 'txn_a', completedAt: '2025-11-23T10:00:00.001Z' }],
    ['one of the same moment with a greater id', { transactionId: 'txn_c' }],
    ['the same payment', {}],
  ])('stays, and so does the count, with %s', (_which, other) => {
    expect(settle(used, true, { ...grant, ...other })).toEqual(used);
  });

  it.each([
    ['an earlier payment', { transactionId: 'txn_z', completedAt: '2025-11-22T23:59:59.999Z' }],
    ['one of the same moment with a smaller id', { transactionId: 'txn_a' }],
  ])('becomes %s, from whose day the count starts', (_which, other) => {
    const owner = { ...grant, ...other };
    expect(settle(used, true, owner)).toMatchObject({
      grantedByTransactionId: owner.transactionId,
      grantedAt: owner.completedAt,
      dailyUsage: 0,
      lastUsageDate: owner.completedAt.slice(0, 10),
    });
  });

  it('is told by time even where others spelled it without milliseconds', () => {
    const record = { ...used, grantedAt: '2025-11-23T10:00:00Z' };
    expect(settle(record, true, grant)).toEqual(record);
  });
});

describe('records of unusual make', () => {
  it('makes the usage map where a record by email has none', () => {
    const { usage: _usage, ...bare } = emailRecord;
    expect(settle(bare, false, grant).usage).toEqual({ daily_usage: { '2025-11-23': 0 } });
  });

  it('takes the shape of its key where a record has no attribute of either shape', () => {
    const bare = { token: 't', tier: 'registered' };
    expect(settle(bare, true, grant)).toMatchObject({ dailyUsage: 0, accessTier: 'pro' });
    expect(settle(bare, false, grant)).toMatchObject({
      usage: { daily_usage: { '2025-11-23': 0 } },
    });
    expect(settle(bare, false, grant)).not.toHaveProperty('updatedAt');
  });

  it('keeps both spellings of the update’s time, and the third one of the tier, where they are', () => {
    const both = { ...emailRecord, updatedAt: '2025-11-01T00:00:00Z', accessTier: 'registered' };
    expect(settle(both, false, grant)).toMatchObject({
      updatedAt: '2025-11-24T00:00:00.000Z',
      updated_at: '2025-11-24T00:00:00.000Z',
      accessTier: 'pro',
    });
  });

  it('resets both counts of a record that has both', () => {
    const both = { ...emailRecord, dailyUsage: 5 };
    expect(settle(both, false, grant)).toMatchObject({
      dailyUsage: 0,
      lastUsageDate: '2025-11-23',
      usage: { daily_usage: { '2025-11-23': 0 } },
    });
  });

  it('replaces a usage that is no map', () => {
    expect(settle({ ...emailRecord, usage: 3 }, false, grant).usage).toEqual({
      daily_usage: { '2025-11-23': 0 },
    });
  });

  it('leaves doubled spellings that are no business of a payment alone', () => {
    const doubled = { ...uuidRecord, solutionId: 'old-id', created_at: '2024', createdAt: '2024' };
    expect(settle(doubled, true, grant)).toMatchObject({
      solutionId: 'old-id',
      created_at: '2024',
      createdAt: '2024',
    });
  });
});
