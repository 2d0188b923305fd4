import { buildRecord, invokeQueue } from '@cloudnestle/runtime/testing/invoke';
import { emailRecord } from '@cloudnestle/runtime/testing/records';
import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import { sampleCompleted, sampleOrder } from '@cloudnestle/test-kit/samples';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSubject, type Subject } from './testing/subject.ts';

let cloud: TestCloud;
let subject: Subject;

beforeAll(async () => {
  cloud = await startTestCloud();
});
beforeEach(async () => {
  subject = await createSubject(cloud);
});
afterAll(() => cloud.stop());

const deadLetterReasons = async () => {
  const letters = await cloud.receive('entitlements', 'deadLetterQueue');
  return letters.map((letter) => letter.MessageAttributes?.failureReason?.StringValue).sort();
};

it('dead-letters a payment without an order’s row and opens nothing', async () => {
  await subject.addRecord(subject.userId);
  const event = sampleCompleted();
  event.detail.data.userId = subject.userId;
  expect(await subject.deliver(event)).toEqual({ batchItemFailures: [] });
  expect(await deadLetterReasons()).toEqual([
    `no transaction row ${event.detail.data.transactionId}`,
  ]);
  expect(await subject.record(subject.userId)).toMatchObject({ access_tier: 'registered' });
});

it('dead-letters a tier that is not in the catalogue', async () => {
  const event = await subject.addPaidOrder();
  event.detail.data.plan = { ...event.detail.data.plan, tier: 'gold' };
  await subject.deliver(event);
  expect(await deadLetterReasons()).toEqual(['the catalogue has no tier "gold"']);
  expect(await subject.record(subject.userId)).toBeUndefined();
});

describe('a payment that claims more than was ordered', () => {
  it('is dead-lettered where it names another user, and opens nothing', async () => {
    const stranger = await createSubject(cloud);
    await stranger.addRecord(stranger.userId);
    const event = await subject.addPaidOrder();
    event.detail.data.userId = stranger.userId;
    await subject.deliver(event);
    expect(await deadLetterReasons()).toEqual([
      "the event names another user than the order's row",
    ]);
    expect(await stranger.record(stranger.userId)).toMatchObject({ access_tier: 'registered' });
    expect(await subject.record(subject.userId)).toBeUndefined();
  });

  const { plan } = sampleOrder();

  it.each([
    ['tier than the row', { plan: { ...plan, tier: 'registered' } }, 'another tier'],
    ['tier than a row without a plan', { plan: undefined, tier: 'registered' }, 'another tier'],
    ['solution than the row', { plan: { ...plan, solutionIds: ['else'] } }, 'other solutions'],
  ])('is dead-lettered where it names another %s', async (_what, ordered, what) => {
    const event = await subject.addPaidOrder();
    const { transactionId } = event.detail.data;
    const row = await cloud.get('transactions', { transactionId });
    await cloud.put('transactions', { ...row, ...ordered });
    await subject.deliver(event);
    expect(await deadLetterReasons()).toEqual([`the event names ${what} than the order's row`]);
    expect(await subject.record(subject.userId)).toBeUndefined();
  });
});

it('opens the records of a buyer whose user row is gone: the payment stands', async () => {
  await subject.addRecord('left@example.com', emailRecord);
  const event = await subject.addPaidOrder({ userId: 'gone', userEmail: 'left@example.com' });
  expect(await subject.deliver(event)).toEqual({ batchItemFailures: [] });
  expect(await subject.record('left@example.com')).toMatchObject({ access_tier: 'pro' });
});

it('applies seven of ten and dead-letters the three bad ones, each with its reason', async () => {
  const buyers = await Promise.all(Array.from({ length: 7 }, () => createSubject(cloud)));
  const good = await Promise.all(buyers.map((buyer) => buyer.addPaidOrder()));
  const records = [
    ...good.map((event) => buildRecord(event)),
    buildRecord({ body: 'poison' }),
    buildRecord({ detailType: 'PaymentCompleted', detail: { metadata: {} } }),
    buildRecord({ detailType: 'PaymentFailed', detail: {} }),
  ];
  expect(await invokeQueue(subject.handler, records)).toEqual({ batchItemFailures: [] });
  expect(await deadLetterReasons()).toEqual([
    'no contract here for detail type "PaymentFailed"',
    expect.stringContaining('schema mismatch in PaymentCompleted'),
    'the message is no JSON',
  ]);
  for (const buyer of buyers) {
    expect(await buyer.record(buyer.userId)).toMatchObject({ access_tier: 'pro' });
  }
});
