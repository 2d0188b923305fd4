import { buildCatalogue, planIds } from '@cloudnestle/payments/catalogue';
import { planOf } from '@cloudnestle/test-kit/samples';
import { describe, expect, it } from 'vitest';
import type { OrderNews } from '../note-grant.ts';
import { applyChange } from '../testing/apply-change.ts';
import { emailRecord, uuidRecord } from '../testing/records.ts';
import { mergeEntitlement } from './merge-entitlement.ts';

const { tiers } = buildCatalogue({ solutionId: 's', onSale: planIds });
const now = new Date('2025-11-24T00:00:00.000Z');
const paid = (transactionId: string, at: string, planId = 'pro'): OrderNews => ({
  transactionId,
  news: { plan: planOf(planId), at },
});
const PAID_AT = '2025-11-23T10:00:00.000Z';
const grant = paid('txn_b', PAID_AT);
const settle = (record: Record<string, unknown>, isByUserId: boolean, ...orders: OrderNews[]) =>
  orders.reduce(
    (state, each) => applyChange(state, mergeEntitlement(state, each, { tiers, isByUserId, now })),
    record,
  );

const granted = {
  tier: 'pro',
  access_tier: 'pro',
  status: 'active',
  grantedByTransactionId: 'txn_b',
  grantedAt: '2025-11-23T10:00:00.000Z',
  grants: { txn_b: { tier: 'pro', planId: 'pro', at: PAID_AT } },
  grantsVersion: 1,
  baseTier: 'registered',
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

  it('stays, and so does the count, with the same payment', () => {
    expect(settle(used, true, grant)).toEqual(used);
  });

  it.each([
    ['a later payment', paid('txn_a', '2025-11-25T10:00:00.000Z'), 'txn_b', '2025-11-25'],
    ['one of the same moment with a greater id', paid('txn_c', PAID_AT), 'txn_b', '2025-11-23'],
    ['an earlier one', paid('txn_z', '2025-11-22T23:59:59.999Z'), 'txn_z', '2025-11-23'],
    ['one of the same moment with a smaller id', paid('txn_a', PAID_AT), 'txn_a', '2025-11-23'],
  ])(
    'is the first of both after %s, and each gives the day’s searches back',
    (_which, other, owner, day) => {
      expect(settle(used, true, other)).toMatchObject({
        grantedByTransactionId: owner,
        grantedAt: owner === 'txn_b' ? PAID_AT : other.news.at,
        dailyUsage: 0,
        lastUsageDate: day,
      });
    },
  );

  it('is the next one that stands where the first has ended, and no order where none does', () => {
    const end = (transactionId: string): OrderNews => ({
      transactionId,
      news: { plan: planOf('pro'), ends: ['2025-11-23T20:00:00.000Z'] },
    });
    const both = settle(used, true, paid('txn_c', '2025-11-23T11:00:00.000Z'));
    const one = settle(both, true, end('txn_b'));
    expect(one).toMatchObject({ access_tier: 'pro', grantedByTransactionId: 'txn_c' });
    const none = settle(one, true, end('txn_c'));
    expect(none).toMatchObject({ tier: 'registered', accessTier: 'registered' });
    expect(none).not.toHaveProperty('grantedByTransactionId');
    expect(none).not.toHaveProperty('grantedAt');
  });

  it('of before there were grants stays the owner, and its replay gives no searches back', () => {
    const old = {
      ...uuidRecord,
      tier: 'pro',
      access_tier: 'pro',
      accessTier: 'pro',
      grantedByTransactionId: 'txn_b',
      grantedAt: '2025-11-23T10:00:00Z',
    };
    expect(settle(old, true, grant)).toMatchObject({
      grantedAt: '2025-11-23T10:00:00Z',
      dailyUsage: uuidRecord.dailyUsage,
      grants: { txn_b: { at: PAID_AT } },
    });
    const later = settle(old, true, paid('txn_c', '2025-11-24T10:00:00.000Z', 'enterprise-yearly'));
    expect(later).toMatchObject({
      grantedByTransactionId: 'txn_b',
      access_tier: 'enterprise',
      baseTier: 'pro',
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
