import { expect, it } from 'vitest';
import { buildCatalogue } from './catalogue.ts';
import { readOrder } from './order.ts';

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
  ['a tier nobody sells', { tier: 'gold' }, 'gold'],
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
  ['a plan nobody can read', { plan: { planId: 7 } }],
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
