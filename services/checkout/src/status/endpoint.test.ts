import type { TransactionItem } from '@cloudnestle/contracts/items/transaction';
import { sampleOrder, sampleRow } from '@cloudnestle/test-kit/samples';
import { expect, test } from 'vitest';
import { describeStatus } from './endpoint.ts';

const expiresAt = new Date('2025-11-23T09:30:00.000Z');
const describeRow = (
  change: Partial<TransactionItem>,
  now = new Date('2025-11-23T09:10:00.000Z'),
) =>
  describeStatus(
    sampleOrder(sampleRow({ expiresAt: expiresAt.toISOString(), ...change })),
    'pending',
    now,
  );

test('an open order is asked about every second until it expires, then every ten', () => {
  expect(describeRow({}, new Date(expiresAt.getTime() - 1)).retryAfterMs).toBe(1000);
  expect(describeRow({}, expiresAt).retryAfterMs).toBe(10_000);
});

test.each([
  ['DECLINED', 'did not go through'],
  ['CANCELLED', 'cancelled'],
  ['EXPIRED', 'expired'],
  ['UNKNOWN_AT_GATEWAY', 'expired'],
] as const)(
  'a buyer whose payment failed as %s reads why and that they can try again',
  (failureReason, words) => {
    const { message, retryAfterMs } = describeRow({ status: 'FAILED', failureReason });
    expect(message).toContain(words);
    expect(message).toContain('try again');
    expect(retryAfterMs).toBe(0);
  },
);

test('who paid twice reads that the second amount is owed back', () => {
  const { message } = describeRow({ status: 'COMPLETED', duplicateOf: 'txn_other' });
  expect(message).toContain('owed back');
});

test.each(['MISMATCH', 'NO_OUTCOME', 'NOT_REACHED'])(
  'who may have paid without our books knowing it reads that we look: %s',
  (reason) => {
    const attention = { [reason]: { since: '2025-11-23T09:05:00.000Z' } };
    expect(describeRow({ attention }).message).toContain('We are checking your payment');
    expect(describeRow({ attention, status: 'COMPLETED' }).message).toContain('Payment received');
  },
);

test('a dispute with the bank is not told on the payment’s page', () => {
  const attention = { DISPUTE: { since: '2025-11-23T09:05:00.000Z' } };
  expect(describeRow({ attention }).message).toBe('We are waiting for your payment.');
});
