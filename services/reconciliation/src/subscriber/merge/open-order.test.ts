import type { Row } from '@cloudnestle/operations/row';
import { describe, expect, it } from 'vitest';
import { missingDayKey, openKeysOfCompleted, openKeysOfFailed } from './open-order.ts';

const at = '2025-11-23T10:00:00.000Z';
const firstLook = '2025-11-23T10:05:00.000Z';
const expiresAt = new Date('2025-11-23T09:30:00.000Z');
const row: Row = { transactionId: 'txn_1', status: 'PENDING', createdAt: '2025-11-22T20:00:00Z' };
const closed = { openShard: undefined, nextCheckAt: undefined };

describe('a completed order', () => {
  it.each(['PENDING', 'FAILED'] as const)(
    'is opened for a look at its effects from %s',
    (status) => {
      expect(openKeysOfCompleted({ ...row, status }, at)).toEqual({
        openShard: 'OPEN#0',
        nextCheckAt: firstLook,
      });
    },
  );

  const completed: Row = { ...row, status: 'COMPLETED', completedAt: at };

  it('is not reopened', () => {
    expect(openKeysOfCompleted(completed, at)).toEqual({});
  });

  it('moves its first look with an earlier completion, as long as nobody has moved it', () => {
    const open = { ...completed, openShard: 'OPEN#0', nextCheckAt: firstLook };
    const earlier = '2025-11-23T09:50:00.000Z';
    expect(openKeysOfCompleted(open, earlier)).toEqual({ nextCheckAt: '2025-11-23T09:55:00.000Z' });
    const moved = { ...open, nextCheckAt: '2025-11-23T11:00:00.000Z' };
    expect(openKeysOfCompleted(moved, earlier)).toEqual({});
  });
});

describe('a failed order', () => {
  it.each(['EXPIRED', 'UNKNOWN_AT_GATEWAY'] as const)('is looked at again after %s', (reason) => {
    expect(openKeysOfFailed(row, reason, expiresAt)).toEqual({
      openShard: 'OPEN#0',
      nextCheckAt: '2025-11-23T10:30:00.000Z',
    });
  });

  it.each(['DECLINED', 'CANCELLED'] as const)('is closed by %s', (reason) => {
    expect(openKeysOfFailed(row, reason, expiresAt)).toEqual(closed);
  });

  it('is left to the sweep from its second failure on', () => {
    const failed: Row = { ...row, status: 'FAILED', failureReason: 'EXPIRED' };
    expect(openKeysOfFailed(failed, 'EXPIRED', expiresAt)).toEqual({});
  });
});

describe('the key by day', () => {
  it('is the Indian day of creation', () => {
    expect(missingDayKey(row)).toEqual({ dayShard: '2025-11-23#0' });
  });

  it('is left as it is where there is one, and out where nobody knows the day', () => {
    expect(missingDayKey({ ...row, dayShard: '2025-11-20#3' })).toEqual({});
    expect(missingDayKey({ ...row, createdAt: 'yesterday' })).toEqual({});
    expect(missingDayKey({ ...row, createdAt: undefined })).toEqual({});
  });
});
