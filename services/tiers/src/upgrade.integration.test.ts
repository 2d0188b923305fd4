import { planOf, sampleEnded } from '@cloudnestle/test-kit/samples';
import { describe, expect } from 'vitest';
import { it } from './testing/subject.ts';

it.beforeEach(async ({ subject }) => {
  await subject.addUser();
});
const pro = {
  userId: 'test-uuid-123',
  email: 'test@example.com',
  subscriptionTier: 'pro',
  subscriptionStatus: 'active',
  subscriptionStartDate: '2025-11-23T10:00:00.000Z',
  lastPaymentDate: '2025-11-23T10:00:00.000Z',
  baseTier: 'registered',
  grants: expect.any(Object),
  grantsVersion: 1,
  updatedAt: expect.any(String),
};

it('makes the buyer Pro with one read of order and user together, and one write', async ({
  cloud,
  subject,
}) => {
  const event = await subject.addPaidOrder();
  cloud.cloud.calls.reset();
  expect(await subject.deliver(event)).toEqual({ batchItemFailures: [] });
  expect(cloud.cloud.calls.snapshot()).toEqual({
    'dynamodb:BatchGetItem': 1,
    'dynamodb:UpdateItem': 1,
  });
  expect(await subject.user()).toEqual(pro);
  expect(subject.platform.summaries()).toEqual([
    expect.objectContaining({ unit: 'tiers', outcome: 'applied' }),
  ]);
  expect(JSON.stringify(subject.platform.lines)).not.toContain('@');
});

it('does the same once, however often the payment is delivered', async ({ subject }) => {
  const event = await subject.addPaidOrder();
  await subject.deliver(event);
  const first = await subject.user();
  for (let delivery = 2; delivery <= 5; delivery += 1) await subject.deliver(event);
  expect(await subject.user()).toEqual(first);
  expect(subject.platform.counted('TierUpdated')).toBe(1);
});

it('ends in one state under twenty concurrent deliveries', async ({ subject }) => {
  const event = await subject.addPaidOrder();
  await Promise.all(Array.from({ length: 20 }, () => subject.deliver(event)));
  expect(await subject.user()).toEqual(pro);
});

it.for([
  ['in the order of payment', false],
  ['the later payment first', true],
] as const)(
  'keeps first and last payment of two paid orders: %s',
  async ([_how, reversed], { subject }) => {
    const events = [
      await subject.addPaidOrder({}, '2025-11-23T10:00:00.000Z'),
      await subject.addPaidOrder({}, '2025-11-25T10:00:00.000Z'),
    ];
    for (const event of reversed ? events.toReversed() : events) await subject.deliver(event);
    expect(await subject.user()).toEqual({
      ...pro,
      lastPaymentDate: '2025-11-25T10:00:00.000Z',
      grantsVersion: 2,
    });
  },
);

it('repairs a tier that was lost since, when the payment is replayed', async ({ subject }) => {
  const event = await subject.addPaidOrder();
  await subject.deliver(event);
  const user = await subject.user();
  await subject.addUser({
    ...user,
    subscriptionTier: 'registered',
    subscriptionStatus: 'inactive',
  });
  await subject.deliver(event);
  expect(await subject.user()).toEqual(pro);
});

it('leaves a buyer with a tier that the catalogue does not know at that tier', async ({
  subject,
}) => {
  await subject.addUser({ subscriptionTier: 'campus' });
  const event = await subject.addPaidOrder();
  expect(await subject.deliver(event)).toEqual({ batchItemFailures: [] });
  await subject.deliver(event);
  expect(await subject.user()).toEqual({
    ...pro,
    subscriptionTier: 'campus',
    baseTier: 'campus',
  });
});

it('leaves what other systems keep in the row as it is', async ({ subject }) => {
  await subject.addUser({ displayName: 'A', subscriptionStatus: 'suspended' });
  await subject.deliver(await subject.addPaidOrder());
  expect(await subject.user()).toMatchObject({
    displayName: 'A',
    subscriptionTier: 'pro',
    subscriptionStatus: 'suspended',
  });
});

it('gives nothing for an order whose access was taken back', async ({ subject }) => {
  const event = await subject.addPaidOrder({ accessRevokedAt: '2025-11-24T00:00:00.000Z' });
  expect(await subject.deliver(event)).toEqual({ batchItemFailures: [] });
  expect(await subject.user()).toMatchObject({ subscriptionTier: 'registered' });
  expect(subject.platform.summaries()).toEqual([
    expect.objectContaining({ outcome: 'skipped: revoked' }),
  ]);
});

it('gives the tier whatever the row says of the payment’s status', async ({ subject }) => {
  await subject.deliver(await subject.addPaidOrder({ status: 'FAILED' }));
  expect(await subject.user()).toEqual(pro);
});

describe('an end', () => {
  const END = '2025-11-24T00:00:00.000Z';

  it('of a refunded order takes the tier back, in either order of arrival, and with every replay', async ({
    subject,
  }) => {
    const event = await subject.addPaidOrder({ accessRevokedAt: END });
    const end = sampleEnded(event, 'REFUNDED', END);
    await subject.deliver(end, event);
    const first = await subject.user();
    expect(first).toMatchObject({
      subscriptionTier: 'registered',
      grants: { [event.detail.data.transactionId]: { endedAt: END } },
    });
    await subject.deliver(event, end, event);
    expect(await subject.user()).toEqual(first);
  });

  it('is lifted where an operator has given access back, and its old event takes nothing again', async ({
    cloud,
    subject,
  }) => {
    const event = await subject.addPaidOrder();
    const end = sampleEnded(event, 'OPERATOR', END);
    await subject.deliver(event, end);
    expect(await subject.user()).toMatchObject({ subscriptionTier: 'registered' });
    const { transactionId } = event.detail.data;
    const row = await cloud.get('transactions', { transactionId });
    await cloud.put('transactions', { ...row, accessRestoredAt: '2025-11-25T00:00:00.000Z' });
    await subject.deliver(event);
    expect(await subject.user()).toMatchObject({ subscriptionTier: 'pro' });
    await subject.deliver(end);
    expect(await subject.user()).toMatchObject({ subscriptionTier: 'pro' });
  });

  it('of a pass leaves the user what was there before, once it is over', async ({ subject }) => {
    const plan = planOf('basic-monthly');
    const event = await subject.addPaidOrder({ plan, tier: plan.tier, amount: plan.amountInPaisa });
    const end = sampleEnded(event, 'EXPIRED', '2025-12-23T10:00:00.000Z');
    subject.platform.setNow(new Date('2025-12-23T09:59:59.999Z'));
    await subject.deliver(event, end);
    expect(await subject.user()).toMatchObject({
      subscriptionTier: 'basic',
      subscriptionEndsAt: '2025-12-23T10:00:00.000Z',
    });
    subject.platform.setNow(new Date('2025-12-23T10:00:00.000Z'));
    await subject.deliver(end);
    expect(await subject.user()).toMatchObject({ subscriptionTier: 'registered' });
    expect(await subject.user()).not.toHaveProperty('subscriptionEndsAt');
  });

  it('of a user who is gone is none, and of an order that is gone is dead-lettered', async ({
    subject,
  }) => {
    const event = await subject.addPaidOrder({ userId: 'unknown' });
    await subject.deliver(sampleEnded(event, 'EXPIRED', END));
    expect(await subject.user('unknown')).toBeUndefined();
    expect(subject.platform.counted('RecordDeadLettered')).toBe(0);
    event.detail.data.transactionId = 'txn_gone';
    await subject.deliver(sampleEnded(event, 'EXPIRED', END));
    expect(subject.platform.counted('RecordDeadLettered')).toBe(1);
  });
});
