import { expect, it } from 'vitest';
import { buildCatalogue } from './catalogue.ts';
import { isStrongerFailure, mayStillBePaid, nextStatus, readOrder } from './order.ts';

const catalogue = buildCatalogue({ solutionId: 'some-solution' });
const oldRow = {
  transactionId: 'txn_MP-u-1-abc123',
  merchantOrderId: 'MP-u-1-abc123',
  userId: 'u',
  userEmail: 'u@example.com',
  tier: 'pro',
  amount: 19_900,
  status: 'PENDING',
  createdAt: '2025-11-23T09:00:00Z',
};

it('reads a row of the replaced system: plan from the catalogue, amount from the row', () => {
  const read = readOrder(oldRow, catalogue);
  expect(read).toMatchObject({
    kind: 'order',
    order: {
      amountInPaisa: 19_900,
      plan: { planId: 'pro', amountInPaisa: 19_900 },
      expiresAt: new Date('2025-11-23T09:30:00Z'),
    },
  });
});

it.each([
  ['no amount', { amount: undefined }, 'amount'],
  ['an amount in text', { amount: '29900' }, 'amount'],
  ['a state of its own', { status: 'PAID' }, 'status'],
  ['a tier that is not sold', { tier: 'gold' }, 'gold'],
  ['no time', { createdAt: 'yesterday' }, 'createdAt'],
])('says what it cannot read: %s', (_what, difference, named) => {
  const read = readOrder({ ...oldRow, ...difference }, catalogue);
  expect(read).toMatchObject({ kind: 'unreadable', reason: expect.stringContaining(named) });
});

it.each([
  ['a reference that is NULL', { utr: null }],
  ['an empty reference', { phonepe_transaction_id: '' }],
  [
    'a word of the replaced system',
    { settlement_status: 'PENDING', failureReason: 'DECLINED_BY_BANK' },
  ],
  ['a history of another shape', { history: [] }],
  ['a time without milliseconds', { completedAt: '2025-11-23T10:00:00Z' }],
  ['a plan that cannot be read', { plan: { planId: 7 } }],
])('is not put off by what it does not need: %s', (_what, difference) => {
  expect(readOrder({ ...oldRow, ...difference }, catalogue)).toMatchObject({
    kind: 'order',
    order: { amountInPaisa: 19_900 },
  });
});

it.each(['accessRevokedAt', 'supersededBy', 'duplicateOf'])(
  'never takes an oddly spelled %s for no mark at all',
  (mark) => {
    expect(readOrder({ ...oldRow, [mark]: true }, catalogue).kind).toBe('unreadable');
  },
);

it('says of a row that cannot be read whether an operator has given it up', () => {
  const row = { ...oldRow, status: 'REFUNDED' };
  expect(readOrder(row, catalogue)).not.toHaveProperty('isGivenUp');
  const word = { at: '2025-11-23T10:00:00.000Z', by: 'asha', why: 'refunded in the dashboard' };
  const givenUp = { ...row, attentionResolved: { NO_OUTCOME: word } };
  expect(readOrder(givenUp, catalogue)).toMatchObject({ kind: 'unreadable', isGivenUp: true });
});

it.each([
  ['PENDING', 'COMPLETED', 'COMPLETED'],
  ['PENDING', 'FAILED', 'FAILED'],
  ['FAILED', 'COMPLETED', 'COMPLETED'],
  ['FAILED', 'FAILED', 'FAILED'],
  ['COMPLETED', 'FAILED', 'COMPLETED'],
  ['COMPLETED', 'COMPLETED', 'COMPLETED'],
] as const)('%s and then %s is %s: money wins', (current, outcome, expected) => {
  expect(nextStatus(current, outcome)).toBe(expected);
});

it('keeps the failure that says most, whichever came first', () => {
  expect(isStrongerFailure('DECLINED', 'EXPIRED')).toBe(true);
  expect(isStrongerFailure('EXPIRED', 'DECLINED')).toBe(false);
  expect(isStrongerFailure('EXPIRED', 'EXPIRED')).toBe(false);
  expect(isStrongerFailure('UNKNOWN_AT_GATEWAY', undefined)).toBe(true);
});

it('goes on looking for late money only where neither buyer nor gateway said no', () => {
  expect(mayStillBePaid('EXPIRED')).toBe(true);
  expect(mayStillBePaid('UNKNOWN_AT_GATEWAY')).toBe(true);
  expect(mayStillBePaid('DECLINED')).toBe(false);
  expect(mayStillBePaid('CANCELLED')).toBe(false);
});
