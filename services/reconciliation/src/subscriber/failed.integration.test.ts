import { sampleCompleted, sampleFailed } from '@cloudnestle/test-kit/samples';
import { expect } from 'vitest';
import { it } from './testing/subject.ts';

it('writes why and when an order failed and lets nobody look at it any more', async ({
  cloud,
  subject,
}) => {
  const order = await subject.addOrder();
  const event = sampleFailed(order);
  cloud.cloud.calls.reset();
  expect(await subject.deliver(event)).toEqual({ batchItemFailures: [] });
  expect(cloud.cloud.calls.snapshot()).toEqual({ 'dynamodb:GetItem': 1, 'dynamodb:UpdateItem': 1 });
  const { openShard: _o, nextCheckAt: _n, ...row } = order.row;
  expect(await subject.row(row.transactionId)).toEqual({
    ...row,
    status: 'FAILED',
    failureReason: 'DECLINED',
    failureAttempted: true,
    failedAt: '2025-11-23T09:10:00.000Z',
    paymentState: 'FAILED',
    webhookEvent: 'checkout.order.failed',
    phonepe_status: 'FAILED',
    phonepe_timestamp: '2025-11-23T09:10:00.000Z',
    settlement_status: 'NOT_ELIGIBLE',
    history: {
      [event.detail.metadata.eventId]: { what: 'failed: DECLINED', at: '2025-11-23T09:10:00.000Z' },
    },
    toldBy: { failed: `${event.detail.metadata.eventId} test` },
    last_sync: expect.any(String),
    updatedAt: expect.any(String),
  });
  expect(await subject.checkout()).toBeUndefined();
});

it.for(['EXPIRED', 'UNKNOWN_AT_GATEWAY'] as const)(
  'keeps looking for late money after %s',
  async (reason, { subject }) => {
    const order = await subject.addOrder();
    await subject.deliver(sampleFailed(order, reason));
    expect(await subject.row(order.row.transactionId)).toMatchObject({
      status: 'FAILED',
      openShard: 'OPEN#0',
      nextCheckAt: '2025-11-23T10:30:00.000Z',
    });
  },
);

it('lets money win, whichever came first', async ({ subject }) => {
  const rows = [];
  for (const isSuccessFirst of [true, false]) {
    const order = await subject.addOrder();
    const events = [sampleCompleted(order), sampleFailed(order)];
    for (const event of isSuccessFirst ? events : events.toReversed()) await subject.deliver(event);
    rows.push({ order, row: await subject.row(order.row.transactionId) });
  }
  for (const { order, row } of rows) {
    expect(row).toMatchObject({
      status: 'COMPLETED',
      paymentState: 'COMPLETED',
      webhookEvent: 'checkout.order.completed',
      settlement_status: 'ELIGIBLE',
      openShard: 'OPEN#0',
      nextCheckAt: '2025-11-23T10:05:00.000Z',
      history: {
        [sampleCompleted(order).detail.metadata.eventId]: { what: 'completed' },
        [sampleFailed(order).detail.metadata.eventId]: { what: 'failed: DECLINED' },
      },
    });
    for (const name of ['failedAt', 'failureReason', 'failureAttempted']) {
      expect(row).not.toHaveProperty(name);
    }
  }
});

it('keeps the reason that says most, whichever came first', async ({ subject }) => {
  for (const reasons of [
    ['DECLINED', 'EXPIRED'],
    ['EXPIRED', 'DECLINED'],
  ] as const) {
    const order = await subject.addOrder();
    for (const reason of reasons) await subject.deliver(sampleFailed(order, reason));
    const row = await subject.row(order.row.transactionId);
    expect(row).toMatchObject({ failureReason: 'DECLINED', failedAt: '2025-11-23T09:10:00.000Z' });
    expect(row).not.toHaveProperty('openShard');
    expect(row).not.toHaveProperty('nextCheckAt');
  }
});
