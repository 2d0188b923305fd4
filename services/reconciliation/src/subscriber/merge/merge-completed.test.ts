import { applyChange } from '@cloudnestle/test-kit/apply-change';
import { sampleCompleted, sampleOrder, sampleRow } from '@cloudnestle/test-kit/samples';
import { expect, it } from 'vitest';
import { mergeCompleted } from './merge-completed.ts';

const context = { now: new Date('2025-11-24T00:00:00.000Z'), bankHolidays: [] };
const pending = sampleRow();

function settle(row: Record<string, unknown>, completedAt?: string) {
  const { metadata, data } = sampleCompleted(sampleOrder(pending), completedAt).detail;
  const entry = { eventId: metadata.eventId, what: 'completed', at: metadata.occurredAt };
  return applyChange(row, mergeCompleted(row, { data, entry }, context));
}

it('takes the earliest time of completion, and what follows from it', () => {
  const row = settle(settle(pending, '2025-11-24T20:00:00.000Z'), '2025-11-23T10:00:00.000Z');
  expect(row).toMatchObject({
    completedAt: '2025-11-23T10:00:00.000Z',
    phonepe_timestamp: '2025-11-23T10:00:00.000Z',
    settlement_date: '2025-11-25',
    nextCheckAt: '2025-11-23T10:05:00.000Z',
  });
});

it('leaves no trace of a failed attempt’s references in a payment that has none', () => {
  const failed = { ...pending, status: 'FAILED', failureReason: 'DECLINED', failedAt: 'x' };
  const row = settle({ ...failed, vpa: 'failed@bank', utr: 'OLD' });
  expect(row).toMatchObject({ vpa: 'user@paytm', utr: '123456789012' });
  expect(row).not.toHaveProperty('failureReason');
  expect(row).not.toHaveProperty('failedAt');
});

it('drops the mark of a duplicate where an earlier time makes the order the first one', () => {
  const mark = { duplicateOf: 'txn_other', duplicateOfCompletedAt: '2025-11-23T09:59:00.000Z' };
  const marked = { ...settle(pending), ...mark };
  expect(settle(marked, '2025-11-23T09:58:00.000Z')).not.toHaveProperty('duplicateOf');
  expect(settle(marked, '2025-11-23T09:59:30.000Z')).toMatchObject(mark);
});

it('keeps the books of a row that the replaced system completed', () => {
  const { history: _h, dayShard: _d, openShard: _o, nextCheckAt: _n, ...old } = pending;
  const row = settle({
    ...old,
    status: 'COMPLETED',
    utr: '000000000001',
    phonepe_timestamp: '2025-11-23T10:00:00Z',
    settlement_date: '2025-11-25',
  });
  expect(row).toMatchObject({ utr: '000000000001', settlement_date: '2025-11-25' });
  expect(row).not.toHaveProperty('openShard');
});
