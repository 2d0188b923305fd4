import {
  sampleCompleted,
  sampleEnded,
  sampleRefunded,
  sampleRefundFailed,
} from '@cloudnestle/test-kit/samples';
import { expect } from 'vitest';
import { it } from './testing/subject.ts';

const ENDED_AT = '2025-11-25T00:00:00.000Z';

it('publishes the end of a refunded order on each delivery that finds the mark, the same fact each time', async ({
  cloud,
  subject,
}) => {
  const order = await subject.addOrder();
  await subject.deliver(sampleCompleted(order));
  cloud.cloud.intercept(({ operation }) =>
    operation === 'PutEvents' ? { partialFailure: true } : undefined,
  );
  const event = sampleRefunded(order);
  expect((await subject.deliver(event)).batchItemFailures).toHaveLength(1);
  cloud.cloud.intercept(undefined);
  await cloud.receive('tiers', 'queue');
  for (let delivery = 0; delivery < 2; delivery += 1) await subject.deliver(event);
  const heard = (await cloud.receive('tiers', 'queue')).map(({ Body = '' }) => JSON.parse(Body));
  expect(heard).toHaveLength(2);
  const row = await subject.row(order.row.transactionId);
  for (const { detail } of heard) {
    expect(detail.data).toMatchObject({ reason: 'REFUNDED', endedAt: row?.accessRevokedAt });
  }
  expect(new Set(heard.map(({ detail }) => detail.metadata.eventId)).size).toBe(1);
});

it('does not take access back a second time after an operator gave it back, unless more money goes back', async ({
  subject,
}) => {
  const order = await subject.addOrder({
    status: 'COMPLETED',
    completedAttempts: 2,
    refunds: { 'R-1': 29_900, 'R-2': 29_900 },
    accessRestoredAt: ENDED_AT,
    refundedWhenRestoredInPaisa: 59_800,
  });
  const { transactionId } = order.row;
  const about = { refundId: 'R-3', amountInPaisa: 100 };
  await subject.deliver(sampleRefundFailed(order, about));
  expect(await subject.row(transactionId)).not.toHaveProperty('accessRevokedAt');
  await subject.deliver(sampleRefunded(order, { ...about, refundId: 'R-4' }));
  expect(await subject.row(transactionId)).toHaveProperty('accessRevokedAt');
});

it('counts an order whose access was taken back as no payment, by whichever word it was taken, and keeps one that only ran out', async ({
  subject,
}) => {
  const order = await subject.addOrder();
  const paid = sampleCompleted(order);
  const { transactionId } = order.row;
  await subject.deliver(paid, sampleEnded(paid, 'EXPIRED', ENDED_AT));
  expect((await subject.checkout())?.paid).toHaveProperty(transactionId);
  await subject.merge(transactionId, () => ({
    set: { accessRevokedAt: ENDED_AT, accessEndReason: 'OPERATOR' },
    basedOn: [],
  }));
  await subject.deliver(sampleEnded(paid, 'OPERATOR', ENDED_AT));
  expect((await subject.checkout())?.paid).toEqual({});
  const whats = Object.values((await subject.row(transactionId))?.history ?? {});
  expect(whats).toContainEqual({ what: 'access ended: OPERATOR', at: ENDED_AT });
});
