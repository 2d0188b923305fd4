import type { Tier } from '@cloudnestle/contracts/plan';
import { describe, expect, it, test } from 'vitest';
import {
  type AccessFacts,
  type AccessItems,
  compareHoldings,
  decideAccess,
  type EntitlementRecord,
  emailRecordKeys,
  userRecordKey,
} from './access.ts';

const tiers: Tier[] = [
  { tier: 'registered', rank: 0, dailyQuota: 10 },
  { tier: 'pro', rank: 1, dailyQuota: null },
];
const pro: EntitlementRecord = { access_tier: 'pro' };
const registered: EntitlementRecord = { access_tier: 'registered' };
const user = { userId: 'u', email: 'u@example.com', subscriptionTier: 'pro' };

const now = new Date('2025-11-24T00:00:00.000Z');
const compare = (items: Partial<AccessItems>) =>
  compareHoldings(
    { user, records: [{ byUserId: pro, byEmail: [pro] }], ...items },
    { transactionId: 'txn_a', plan: { tier: 'pro', period: 'ONE_TIME' } },
    { tiers, now },
  );

it('is complete where the user and every record hold the tier', () => {
  expect(compare({})).toEqual({
    user: 'held',
    byUserId: 'held',
    byEmail: 'held',
    isComplete: true,
    unknownTiers: [],
  });
});

it('takes a tier that the catalogue does not know for held, and names it', () => {
  const enterprise = { access_tier: 'enterprise' };
  expect(
    compare({
      user: { ...user, subscriptionTier: 'enterprise' },
      records: [{ byUserId: enterprise, byEmail: [{ tier: 'campus' }, pro] }],
    }),
  ).toEqual({
    user: 'held',
    byUserId: 'held',
    byEmail: 'held',
    isComplete: true,
    unknownTiers: ['campus', 'enterprise'],
  });
});

it('still names what is behind beside an unknown tier', () => {
  expect(
    compare({
      user: { ...user, subscriptionTier: 'enterprise' },
      records: [{ byUserId: registered, byEmail: [] }],
    }),
  ).toMatchObject({
    user: 'held',
    byUserId: 'behind',
    isComplete: false,
    unknownTiers: ['enterprise'],
  });
});

it.each<[string, Partial<AccessItems>, object]>([
  ['the user', { user: { ...user, subscriptionTier: 'registered' } }, { user: 'behind' }],
  ['a user that is gone', { user: undefined }, { user: 'missing' }],
  [
    'the record by user id',
    { records: [{ byUserId: registered, byEmail: [pro] }] },
    { byUserId: 'behind' },
  ],
  [
    'one of two records by email',
    { records: [{ byUserId: pro, byEmail: [pro, registered] }] },
    { byEmail: 'behind' },
  ],
  [
    'a solution without any record',
    {
      records: [
        { byUserId: pro, byEmail: [pro] },
        { byUserId: undefined, byEmail: [] },
      ],
    },
    { byUserId: 'missing', byEmail: 'missing' },
  ],
])('names %s as what is not there', (_what, items, expected) => {
  expect(compare(items)).toMatchObject({ ...expected, isComplete: false });
});

it.each<[string, AccessItems['records']]>([
  ['by user id', [{ byUserId: pro, byEmail: [] }]],
  ['by email', [{ byUserId: undefined, byEmail: [pro] }]],
])('asks for one record only: %s is enough', (_which, records) => {
  expect(compare({ records }).isComplete).toBe(true);
});

const threeTiers: Tier[] = [
  { tier: 'registered', rank: 0, dailyQuota: 10 },
  { tier: 'pro', rank: 1, dailyQuota: null },
  { tier: 'team', rank: 2, dailyQuota: null },
];
const record = { access_tier: 'pro', status: 'active' };
const byUserId = (...each: EntitlementRecord[]) => ({ byUserId: each[0], byEmail: each.slice(1) });
const complete: AccessFacts = {
  row: { transactionId: 'txn_a' },
  plan: { tier: 'pro', period: 'ONE_TIME' },
  now,
  user,
  records: [byUserId(record)],
  tiers: threeTiers,
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
    ['the user is suspended', { user: { ...user, subscriptionStatus: 'suspended' } }],
    ['a record is suspended', { records: [byUserId(record, { ...record, status: 'suspended' })] }],
  ])('%s', (_name, facts) => {
    expect(decideAccess({ ...complete, ...facts })).toBe('withheld');
  });
});

const AT = '2025-11-01T00:00:00.000Z';
const grant = { tier: 'pro', at: AT };
const holder = (more: object) => ({ ...user, baseTier: 'registered', ...more });
const stored = (more: object) => ({ ...record, baseTier: 'registered', ...more });

describe('items that keep grants', () => {
  const judge = (userGrants: object, recordGrants: object, plan: AccessFacts['plan']) =>
    decideAccess({
      ...complete,
      plan,
      user: holder({ grants: userGrants }),
      records: [byUserId(stored({ grants: recordGrants }))],
    });
  const once = { tier: 'pro', period: 'ONE_TIME' } as const;
  const monthly = { tier: 'pro', period: 'MONTHLY' } as const;

  test.each<[string, object, object, AccessFacts['plan'], string]>([
    ['both have it', { txn_a: grant }, { txn_a: grant }, once, 'granted'],
    ['a record has only another order’s', { txn_a: grant }, { txn_b: grant }, once, 'pending'],
    ['the user has only another order’s', { txn_b: grant }, { txn_a: grant }, once, 'pending'],
    [
      'an end came before the payment',
      { txn_a: { tier: 'pro' } },
      { txn_a: grant },
      once,
      'pending',
    ],
    ['no item has the pass', {}, {}, monthly, 'pending'],
    [
      'the pass runs',
      { txn_a: { ...grant, months: 1 } },
      { txn_a: { ...grant, months: 1 } },
      monthly,
      'granted',
    ],
    [
      'it is over, and the tiers still trail behind',
      { txn_a: { ...grant, at: '2025-10-01T00:00:00.000Z', months: 1 } },
      { txn_a: { ...grant, at: '2025-10-01T00:00:00.000Z', months: 1 } },
      monthly,
      'ended',
    ],
  ])('%s', (_name, userGrants, recordGrants, plan, expected) => {
    expect(judge(userGrants, recordGrants, plan)).toBe(expected);
  });

  it('hold an order of before by what they named before their first grant', () => {
    const grants = { txn_b: { tier: 'team', at: AT, months: 1 } };
    const facts = (baseTier: string): AccessFacts => ({
      ...complete,
      user: { ...user, subscriptionTier: 'team', baseTier, grants },
      records: [byUserId({ ...record, access_tier: 'team', baseTier, grants })],
    });
    expect(decideAccess(facts('pro'))).toBe('granted');
    expect(decideAccess(facts('registered'))).toBe('pending');
  });

  it('are behind where the tier they name is less than their grants give', () => {
    const behind = { ...user, subscriptionTier: 'registered', grants: { txn_a: grant } };
    expect(decideAccess({ ...complete, user: behind })).toBe('pending');
  });

  it('have ended where access was taken back', () => {
    const row = { transactionId: 'txn_a', accessRevokedAt: '2025-11-24T00:00:00.000Z' };
    expect(decideAccess({ ...complete, row })).toBe('ended');
  });
});

const names = (keys: { pk: string }[]) => keys.map(({ pk }) => pk);

test('a buyer’s records by email are looked for under both spellings of each address, each once', () => {
  const keys = emailRecordKeys(['Buyer@Example.com', 'new@example.com'], 'finder');
  expect(names(keys)).toEqual([
    'user#Buyer@Example.com',
    'user#buyer@example.com',
    'user#new@example.com',
  ]);
  expect(new Set(keys.map(({ sk }) => sk))).toEqual(new Set(['solution#finder']));
  expect(names(emailRecordKeys(['a@b.example', 'a@b.example', undefined], 'finder'))).toEqual([
    'user#a@b.example',
  ]);
});

test('an address that is only blanks leads to no record', () => {
  expect(emailRecordKeys([' ', ' a@b.example '], 'finder')).toEqual([
    { pk: 'user#a@b.example', sk: 'solution#finder' },
  ]);
});

test('the record by user id has a key of its own', () => {
  expect(userRecordKey('u1', 'finder')).toEqual({ pk: 'user#u1', sk: 'solution#finder' });
});
