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
