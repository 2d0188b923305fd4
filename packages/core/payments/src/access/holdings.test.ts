import type { Tier } from '@cloudnestle/contracts/plan';
import { expect, it } from 'vitest';
import { type AccessItems, compareHoldings, type EntitlementRecord } from './holdings.ts';

const tiers: Tier[] = [
  { tier: 'registered', rank: 0, dailyQuota: 10 },
  { tier: 'pro', rank: 1, dailyQuota: null },
];
const pro: EntitlementRecord = { access_tier: 'pro' };
const registered: EntitlementRecord = { access_tier: 'registered' };
const user = { userId: 'u', email: 'u@example.com', subscriptionTier: 'pro' };

const compare = (items: Partial<AccessItems>) =>
  compareHoldings(
    { user, records: [{ byUserId: pro, byEmail: [pro] }], ...items },
    { tier: 'pro' },
    tiers,
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
