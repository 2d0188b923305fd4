import { buildRecord, invokeQueue } from '@cloudnestle/runtime/testing/invoke';
import type { TestCloud } from '@cloudnestle/test-kit/cloud';
import { sampleCompleted, sampleOrder } from '@cloudnestle/test-kit/samples';
import { describe, expect } from 'vitest';
import { it } from './testing/subject.ts';

const deadLetterReasons = async (cloud: TestCloud) => {
  const letters = await cloud.receive('tiers', 'deadLetterQueue');
  return letters.map((letter) => letter.MessageAttributes?.failureReason?.StringValue).sort();
};

it('dead-letters a payment of a user who is not there, and makes no half-made row', async ({
  cloud,
  subject,
}) => {
  const event = await subject.addPaidOrder({ userId: 'unknown' });
  expect(await subject.deliver(event)).toEqual({ batchItemFailures: [] });
  expect(await deadLetterReasons(cloud)).toEqual(['no user row unknown']);
  expect(await subject.user('unknown')).toBeUndefined();
  expect(subject.platform.counted('RecordDeadLettered')).toBe(1);
});

it('dead-letters a payment without an order’s row', async ({ cloud, subject }) => {
  await subject.addUser();
  const event = sampleCompleted();
  await subject.deliver(event);
  expect(await deadLetterReasons(cloud)).toEqual([
    `no transaction row ${event.detail.data.transactionId}`,
  ]);
  expect(await subject.user()).toMatchObject({ subscriptionTier: 'registered' });
});

it('dead-letters a tier that is not in the catalogue', async ({ cloud, subject }) => {
  await subject.addUser();
  const event = await subject.addPaidOrder();
  event.detail.data.plan = { ...event.detail.data.plan, tier: 'gold' };
  await subject.deliver(event);
  expect(await deadLetterReasons(cloud)).toEqual(['the catalogue has no tier "gold"']);
});

describe('a payment that claims more than was ordered', () => {
  const stranger = { userId: 'a-stranger' };
  it.beforeEach(async ({ subject }) => {
    await subject.addUser();
    await subject.addUser(stranger);
  });

  it('is dead-lettered where it names another user, and upgrades no user', async ({
    cloud,
    subject,
  }) => {
    const event = await subject.addPaidOrder();
    Object.assign(event.detail.data, stranger);
    await subject.deliver(event);
    expect(await deadLetterReasons(cloud)).toEqual([
      "the event names another user than the order's row",
    ]);
    for (const userId of [undefined, stranger.userId]) {
      expect(await subject.user(userId)).toMatchObject({ subscriptionTier: 'registered' });
    }
  });

  const lesser = { ...sampleOrder().plan, tier: 'registered' };

  it.for([
    ['with a plan', { plan: lesser }],
    ['of the replaced system', { plan: undefined, tier: 'registered' }],
  ] as const)(
    'is dead-lettered where it names a better tier than the row %s',
    async ([_what, ordered], { cloud, subject }) => {
      const event = await subject.addPaidOrder();
      const { transactionId } = event.detail.data;
      const row = await cloud.get('transactions', { transactionId });
      await cloud.put('transactions', { ...row, ...ordered });
      await subject.deliver(event);
      expect(await deadLetterReasons(cloud)).toEqual([
        "the event names another tier than the order's row",
      ]);
      expect(await subject.user()).toMatchObject({ subscriptionTier: 'registered' });
    },
  );
});

it('applies seven of ten and dead-letters the three bad ones, each with its reason', async ({
  cloud,
  subject,
}) => {
  const users = Array.from({ length: 7 }, (_, index) => `buyer-${index}`);
  const good = await Promise.all(
    users.map(async (userId) => {
      await subject.addUser({ userId });
      return subject.addPaidOrder({ userId });
    }),
  );
  const records = [
    buildRecord({ body: 'poison' }),
    ...good.map((event) => buildRecord(event)),
    buildRecord(await subject.addPaidOrder({ userId: 'unknown' })),
    buildRecord({ detailType: 'PaymentFailed', detail: {} }),
  ];
  expect(await invokeQueue(subject.handler, records)).toEqual({ batchItemFailures: [] });
  expect(await deadLetterReasons(cloud)).toEqual([
    'no contract here for detail type "PaymentFailed"',
    'no user row unknown',
    'the message is no JSON',
  ]);
  for (const userId of users) {
    expect(await subject.user(userId)).toMatchObject({ subscriptionTier: 'pro' });
  }
});
