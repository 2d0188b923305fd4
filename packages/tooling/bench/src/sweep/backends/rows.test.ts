import { transactionItemSchema } from '@cloudnestle/contracts/items/transaction';
import { addMs, toTimestamp } from '@cloudnestle/payments/clock';
import { expect, test } from 'vitest';
import { buildClosedRow, buildDueRow, dueOrderId } from './rows.ts';

const now = new Date('2026-03-01T12:00:00.000Z');

test('a due order is in the index of open orders, due, and can be paid for a while yet', () => {
  const row = buildDueRow(7, now);
  expect(row).toMatchObject({ status: 'PENDING', openShard: 'OPEN#0' });
  expect(String(row.nextCheckAt) < toTimestamp(now)).toBe(true);
  expect(String(row.expiresAt) > toTimestamp(addMs(now, 20 * 60_000))).toBe(true);
});

test('a due order keeps its id whenever it is put back, and the gateway knows it by that', () => {
  expect(buildDueRow(7, now).merchantOrderId).toBe(dueOrderId(7));
  expect(buildDueRow(7, addMs(now, 60_000)).transactionId).toBe(buildDueRow(7, now).transactionId);
});

test('a closed order fits its contract and is in no index of open orders', () => {
  const row = buildClosedRow(99_000, now);
  expect(transactionItemSchema.parse(row)).toEqual(row);
  expect(Object.keys(row)).not.toContain('openShard');
  expect(Object.keys(row)).not.toContain('nextCheckAt');
});

test('no two rows of a table are the same order', () => {
  const indexes = Array.from({ length: 500 }, (_, index) => index);
  const rows = indexes.flatMap((index) => [buildDueRow(index, now), buildClosedRow(index, now)]);
  expect(new Set(rows.map(({ transactionId }) => transactionId)).size).toBe(1000);
});
