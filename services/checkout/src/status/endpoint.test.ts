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
  ['DECLINED', 'did not go through', 'DECLINED'],
  ['CANCELLED', 'cancelled', 'CANCELLED'],
  ['EXPIRED', 'expired', 'EXPIRED'],
  ['UNKNOWN_AT_GATEWAY', 'expired', 'EXPIRED'],
] as const)(
  'a buyer whose payment failed as %s reads why and that they can try again, and a page has it as a code',
  (failureReason, words, code) => {
    const { message, reason, retryAfterMs } = describeRow({ status: 'FAILED', failureReason });
    expect(message).toContain(words);
    expect(message).toContain('try again');
    expect(reason).toBe(code);
    expect(retryAfterMs).toBe(0);
  },
);

test('who paid twice reads that the second amount is owed back', () => {
  const { message, reason } = describeRow({ status: 'COMPLETED', duplicateOf: 'txn_other' });
  expect(message).toContain('owed back');
  expect(reason).toBe('PAID_TWICE');
});

test.each(['MISMATCH', 'NO_OUTCOME', 'NOT_REACHED'])(
  'who may have paid without our books knowing it reads that we look: %s',
  (reason) => {
    const attention = { [reason]: { since: '2025-11-23T09:05:00.000Z' } };
    expect(describeRow({ attention }).message).toContain('We are checking your payment');
    expect(describeRow({ attention }).reason).toBe('IN_DOUBT');
    expect(describeRow({ attention, status: 'COMPLETED' }).message).toContain('Payment received');
  },
);

test('a dispute with the bank is not told on the payment’s page', () => {
  const attention = { DISPUTE: { since: '2025-11-23T09:05:00.000Z' } };
  expect(describeRow({ attention }).message).toBe('We are waiting for your payment.');
});

test.each([
  ['withheld', {}, 'WITHHELD'],
  ['ended', {}, 'TIME_OVER'],
  ['ended', { accessRevokedAt: '2025-11-24T00:00:00.000Z' }, 'TAKEN_BACK'],
  ['granted', {}, undefined],
] as const)('a paid order whose access is %s (%o) says %s', (access, change, code) => {
  const order = sampleOrder(sampleRow({ status: 'COMPLETED', ...change }));
  expect(describeStatus(order, access, expiresAt).reason).toBe(code);
});
