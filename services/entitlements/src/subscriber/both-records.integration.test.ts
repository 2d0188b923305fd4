import { expect } from 'vitest';
import { emailRecord, uuidRecord } from './testing/records.ts';
import { it } from './testing/subject.ts';

it.beforeEach(async ({ subject }) => {
  await subject.addRecord(subject.userId, uuidRecord);
  await subject.addRecord(subject.email, emailRecord);
});

const granted = { tier: 'pro', access_tier: 'pro', grantedAt: '2025-11-23T10:00:00.000Z' };

it('opens both records: two reads, and one read and one write for each record', async ({
  cloud,
  subject,
}) => {
  const event = await subject.addPaidOrder();
  cloud.cloud.calls.reset();
  expect(await subject.deliver(event)).toEqual({ batchItemFailures: [] });
  expect(cloud.cloud.calls.snapshot()).toEqual({ 'dynamodb:GetItem': 3, 'dynamodb:UpdateItem': 2 });
  expect(await subject.record(subject.userId)).toEqual({
    ...uuidRecord,
    ...granted,
    accessTier: 'pro',
    grantedByTransactionId: event.detail.data.transactionId,
    dailyUsage: 0,
    lastUsageDate: '2025-11-23',
    updatedAt: expect.any(String),
  });
  expect(await subject.record(subject.email)).toEqual({
    ...emailRecord,
    ...granted,
    grantedByTransactionId: event.detail.data.transactionId,
    usage: { daily_usage: { '2025-11-23': 0 }, total: 12 },
    updated_at: expect.any(String),
  });
  expect(subject.platform.counted('EntitlementUpdated')).toBe(2);
});

it('does the same once, however often the payment is delivered', async ({ subject }) => {
  const event = await subject.addPaidOrder();
  await subject.deliver(event);
  const first = [await subject.record(subject.userId), await subject.record(subject.email)];
  for (let delivery = 2; delivery <= 5; delivery += 1) await subject.deliver(event);
  expect([await subject.record(subject.userId), await subject.record(subject.email)]).toEqual(
    first,
  );
  expect(subject.platform.counted('EntitlementUpdated')).toBe(2);
});

it('ends in one state under twenty concurrent deliveries', async ({ subject }) => {
  const event = await subject.addPaidOrder();
  await Promise.all(Array.from({ length: 20 }, () => subject.deliver(event)));
  expect(await subject.record(subject.userId)).toMatchObject(granted);
  expect(await subject.record(subject.email)).toMatchObject(granted);
});

it.for([
  ['in the order of payment', false],
  ['the later payment first', true],
] as const)(
  'gives the grant to the first of two paid orders: %s',
  async ([_how, reversed], { subject }) => {
    const first = await subject.addPaidOrder({}, '2025-11-23T10:00:00.000Z');
    const second = await subject.addPaidOrder({}, '2025-11-25T10:00:00.000Z');
    const events = [first, second];
    for (const event of reversed ? events.toReversed() : events) await subject.deliver(event);
    expect(await subject.record(subject.userId)).toMatchObject({
      ...granted,
      grantedByTransactionId: first.detail.data.transactionId,
      dailyUsage: 0,
      lastUsageDate: '2025-11-23',
    });
  },
);

it('does not give searches back when a payment is replayed', async ({ subject }) => {
  const event = await subject.addPaidOrder();
  await subject.deliver(event);
  const record = await subject.record(subject.userId);
  await subject.addRecord(subject.userId, { ...record, dailyUsage: 42, access_tier: 'registered' });
  await subject.deliver(event);
  expect(await subject.record(subject.userId)).toMatchObject({ ...granted, dailyUsage: 42 });
});

it('leaves a suspended record suspended', async ({ subject }) => {
  await subject.addRecord(subject.email, { ...emailRecord, status: 'suspended' });
  await subject.deliver(await subject.addPaidOrder());
  expect(await subject.record(subject.email)).toMatchObject({ ...granted, status: 'suspended' });
});

it('opens nothing for an order whose access was taken back', async ({ subject }) => {
  await subject.deliver(
    await subject.addPaidOrder({ accessRevokedAt: '2025-11-24T00:00:00.000Z' }),
  );
  expect(await subject.record(subject.userId)).toEqual(uuidRecord);
  expect(await subject.record(subject.email)).toEqual(emailRecord);
  expect(subject.platform.summaries()).toEqual([
    expect.objectContaining({ outcome: 'skipped: revoked' }),
  ]);
});
