import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createSubject } from './testing/subject.ts';

let cloud: TestCloud;
let subject: ReturnType<typeof createSubject>;

beforeAll(async () => {
  cloud = await startTestCloud();
});
beforeEach(async () => {
  subject = createSubject(cloud);
  await subject.addUser();
});
afterAll(() => cloud.stop());

const pro = {
  userId: 'test-uuid-123',
  email: 'test@example.com',
  subscriptionTier: 'pro',
  subscriptionStatus: 'active',
  subscriptionStartDate: '2025-11-23T10:00:00.000Z',
  lastPaymentDate: '2025-11-23T10:00:00.000Z',
  updatedAt: expect.any(String),
};

it('makes the buyer Pro with one read of the order, one of the user and one write', async () => {
  const event = await subject.addPaidOrder();
  cloud.cloud.calls.reset();
  expect(await subject.deliver(event)).toEqual({ batchItemFailures: [] });
  expect(cloud.cloud.calls.snapshot()).toEqual({ 'dynamodb:GetItem': 2, 'dynamodb:UpdateItem': 1 });
  expect(await subject.user()).toEqual(pro);
  expect(subject.platform.summaries()).toEqual([
    expect.objectContaining({ unit: 'tiers', outcome: 'applied' }),
  ]);
  expect(JSON.stringify(subject.platform.lines)).not.toContain('@');
});

it('does the same once, however often the payment is delivered', async () => {
  const event = await subject.addPaidOrder();
  await subject.deliver(event);
  const first = await subject.user();
  for (let delivery = 2; delivery <= 5; delivery += 1) await subject.deliver(event);
  expect(await subject.user()).toEqual(first);
  expect(subject.platform.counted('TierUpdated')).toBe(1);
});

it('ends in one state under twenty concurrent deliveries', async () => {
  const event = await subject.addPaidOrder();
  await Promise.all(Array.from({ length: 20 }, () => subject.deliver(event)));
  expect(await subject.user()).toEqual(pro);
});

it.each([
  ['in the order of payment', false],
  ['the later payment first', true],
])('keeps first and last payment of two paid orders: %s', async (_how, reversed) => {
  const events = [
    await subject.addPaidOrder({}, '2025-11-23T10:00:00.000Z'),
    await subject.addPaidOrder({}, '2025-11-25T10:00:00.000Z'),
  ];
  for (const event of reversed ? events.toReversed() : events) await subject.deliver(event);
  expect(await subject.user()).toEqual({ ...pro, lastPaymentDate: '2025-11-25T10:00:00.000Z' });
});

it('repairs a tier that was lost since, when the payment is replayed', async () => {
  const event = await subject.addPaidOrder();
  await subject.deliver(event);
  await subject.addUser({ subscriptionTier: 'registered', subscriptionStatus: 'inactive' });
  await subject.deliver(event);
  expect(await subject.user()).toEqual(pro);
});

it('leaves a buyer with a tier that the catalogue does not know at that tier', async () => {
  await subject.addUser({ subscriptionTier: 'campus' });
  const event = await subject.addPaidOrder();
  expect(await subject.deliver(event)).toEqual({ batchItemFailures: [] });
  await subject.deliver(event);
  expect(await subject.user()).toEqual({ ...pro, subscriptionTier: 'campus' });
});

it('leaves what other systems keep in the row as it is', async () => {
  await subject.addUser({ displayName: 'A', subscriptionStatus: 'suspended' });
  await subject.deliver(await subject.addPaidOrder());
  expect(await subject.user()).toMatchObject({
    displayName: 'A',
    subscriptionTier: 'pro',
    subscriptionStatus: 'suspended',
  });
});

it('gives nothing for an order whose access was taken back', async () => {
  const event = await subject.addPaidOrder({ accessRevokedAt: '2025-11-24T00:00:00.000Z' });
  expect(await subject.deliver(event)).toEqual({ batchItemFailures: [] });
  expect(await subject.user()).toMatchObject({ subscriptionTier: 'registered' });
  expect(subject.platform.summaries()).toEqual([
    expect.objectContaining({ outcome: 'skipped: revoked' }),
  ]);
});

it('gives the tier whatever the row says of the payment’s status', async () => {
  await subject.deliver(await subject.addPaidOrder({ status: 'FAILED' }));
  expect(await subject.user()).toEqual(pro);
});
