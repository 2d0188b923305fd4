import { readOrder } from '@cloudnestle/payments/order';
import { buildRecord } from '@cloudnestle/runtime/testing/invoke';
import {
  sampleCatalogue,
  sampleCompleted,
  sampleFailed,
  sampleInitiated,
  sampleOrder,
  sampleRow,
} from '@cloudnestle/test-kit/samples';
import { expect, it } from 'vitest';
import { buildLostRow, readToldOrder } from './lost-order.ts';

const now = new Date('2026-01-31T10:00:00.000Z');
const row = sampleRow();
const order = sampleOrder(row);

function recover(body: string) {
  const told = readToldOrder(body);
  if ('unfit' in told) throw new Error(told.unfit);
  return buildLostRow(told, { now, createdBy: 'this run' });
}

it.each([
  ['PaymentInitiated', sampleInitiated(order)],
  ['PaymentCompleted', sampleCompleted(order)],
  ['PaymentFailed', sampleFailed(order, 'DECLINED')],
])('makes of %s the row as the upgrade call left it, due at once', (_what, event) => {
  const { phonepeOrderId, redirectUrl, source, updatedAt, history, ...began } = row;
  const lost = recover(buildRecord(event).body);
  expect(lost).toMatchObject({ ...began, nextCheckAt: now.toISOString() });
  expect(lost.status).toBe('PENDING');
  expect(lost).not.toHaveProperty('completedAt');
  expect(readOrder(lost, sampleCatalogue).kind).toBe('order');
  expect(Object.values(lost.history ?? {}).map(({ what }) => what)).toContain(
    'row recovered from an event',
  );
});

const completed = JSON.parse(buildRecord(sampleCompleted(order)).body);
const withData = (changes: Record<string, unknown>) =>
  JSON.stringify({
    ...completed,
    detail: { ...completed.detail, data: { ...completed.detail.data, ...changes } },
  });

it.each([
  ['no JSON', 'text', 'the message is no JSON'],
  ['another event', JSON.stringify({ ...completed, 'detail-type': 'Else' }), 'no contract here'],
  ['no buyer', withData({ userId: undefined }), 'schema mismatch'],
  ['another row than the order’s', withData({ transactionId: 'txn_MP-x-1-aaaaaa' }), 'two ids'],
  ['another buyer’s order', withData({ userId: 'mallory' }), 'not one of its buyer'],
  ['another price', withData({ amountInPaisa: 1 }), 'not the price of its plan'],
])('makes nothing of %s', (_what, body, why) => {
  expect(readToldOrder(body)).toEqual({ unfit: expect.stringContaining(why) });
});
