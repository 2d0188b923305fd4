import type { CompletedEvent } from '@cloudnestle/payments/build-events';
import { emailRecord, uuidRecord } from '@cloudnestle/runtime/testing/records';
import { planOf, sampleEnded } from '@cloudnestle/test-kit/samples';
import { expect } from 'vitest';
import { createSubject, it } from './testing/subject.ts';

it.beforeEach(async ({ subject }) => {
  await subject.addRecord(subject.userId, uuidRecord);
  await subject.addRecord(subject.email, emailRecord);
});

const granted = {
  tier: 'pro',
  access_tier: 'pro',
  grantedAt: '2025-11-23T10:00:00.000Z',
  baseTier: 'registered',
};

const grantsOf = ({ detail: { data } }: CompletedEvent) => ({
  [data.transactionId]: { tier: 'pro', planId: 'pro', at: data.completedAt },
});

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
    grants: grantsOf(event),
    grantsVersion: 1,
    dailyUsage: 0,
    lastUsageDate: '2025-11-23',
    updatedAt: expect.any(String),
  });
  expect(await subject.record(subject.email)).toEqual({
    ...emailRecord,
    ...granted,
    grantedByTransactionId: event.detail.data.transactionId,
    grants: grantsOf(event),
    grantsVersion: 1,
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
      lastUsageDate: '2025-11-25',
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

it('opens nothing for an order whose access was taken back, and notes that it was', async ({
  subject,
}) => {
  const endedAt = '2025-11-24T00:00:00.000Z';
  const event = await subject.addPaidOrder({ accessRevokedAt: endedAt });
  await subject.deliver(event);
  const { transactionId } = event.detail.data;
  expect(await subject.record(subject.userId)).toMatchObject({
    tier: 'registered',
    access_tier: 'registered',
    accessTier: 'registered',
    grants: { [transactionId]: { endedAt } },
  });
  expect(await subject.record(subject.email)).toMatchObject({ access_tier: 'registered' });
  expect(subject.platform.summaries()).toEqual([
    expect.objectContaining({ outcome: 'skipped: revoked' }),
  ]);
});

it('takes an ended order back from both records, before or after its payment arrives', async ({
  cloud,
  subject,
}) => {
  const endedAt = '2025-11-24T00:00:00.000Z';
  const event = await subject.addPaidOrder({ accessRevokedAt: endedAt });
  const end = sampleEnded(event, 'REFUNDED', endedAt);
  await subject.deliver(end, event, end);
  for (const owner of [subject.userId, subject.email]) {
    expect(await subject.record(owner)).toMatchObject({ tier: 'registered', status: 'active' });
  }
  const stranger = await createSubject(cloud);
  await stranger.deliver(sampleEnded(await stranger.addPaidOrder(), 'EXPIRED', endedAt));
  expect(await stranger.record(stranger.userId)).toBeUndefined();
});

it('opens both records until the end of a pass, and derives them again at its end', async ({
  subject,
}) => {
  const plan = planOf('basic-monthly');
  const event = await subject.addPaidOrder({ plan, tier: plan.tier, amount: plan.amountInPaisa });
  subject.platform.setNow(new Date('2025-12-01T00:00:00.000Z'));
  await subject.deliver(event);
  expect(await subject.record(subject.email)).toMatchObject({ access_tier: 'basic' });
  subject.platform.setNow(new Date('2025-12-23T10:00:00.000Z'));
  await subject.deliver(sampleEnded(event, 'EXPIRED', '2025-12-23T10:00:00.000Z'));
  for (const owner of [subject.userId, subject.email]) {
    expect(await subject.record(owner)).toMatchObject({
      access_tier: 'registered',
      grants: { [event.detail.data.transactionId]: { months: 1 } },
    });
  }
});
