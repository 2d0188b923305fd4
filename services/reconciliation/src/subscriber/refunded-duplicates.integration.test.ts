import type { Order } from '@cloudnestle/payments/order';
import { awsFaults } from '@cloudnestle/runtime/testing/faults';
import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import { sampleCompleted, sampleRefunded } from '@cloudnestle/test-kit/samples';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSubject, type Subject } from './testing/subject.ts';

let cloud: TestCloud;
let subject: Subject;
let first: Order;
let second: Order;
let refundId: string;
let refunds = 0;

const FIRST_AT = '2025-11-23T10:00:00.000Z';
const SECOND_AT = '2025-11-23T11:00:00.000Z';
const THIRD_AT = '2025-11-23T12:00:00.000Z';

beforeAll(async () => {
  cloud = await startTestCloud();
});
beforeEach(async () => {
  subject = createSubject(cloud);
  refunds += 1;
  refundId = `R-${refunds}`;
  first = await subject.addOrder();
  second = await subject.addOrder();
});
afterAll(async () => {
  await cloud.stop();
});

const refundInFull = (order: Order) => sampleRefunded(order, { refundId });

/** The second order is the buyer's only payment now, and no duplicate. */
async function expectOnlySecondPaid() {
  expect((await subject.checkout())?.paid).toEqual({ [second.row.transactionId]: SECOND_AT });
  const row = await subject.row(second.row.transactionId);
  expect(row).toMatchObject({ status: 'COMPLETED' });
  for (const name of ['duplicateOf', 'duplicateOfCompletedAt', 'accessRevokedAt']) {
    expect(row).not.toHaveProperty(name);
  }
  expect(await subject.row(first.row.transactionId)).toMatchObject({
    accessRevokedAt: expect.any(String),
  });
}

it('makes the second of two payments the one that counts when the first is given back', async () => {
  await subject.deliver(sampleCompleted(first, FIRST_AT));
  await subject.deliver(sampleCompleted(second, SECOND_AT));
  expect(await subject.row(second.row.transactionId)).toHaveProperty('duplicateOf');
  await subject.deliver(refundInFull(first));
  await expectOnlySecondPaid();
});

it('owes nothing back any more when the second of two payments is given back', async () => {
  await subject.deliver(sampleCompleted(first, FIRST_AT));
  await subject.deliver(sampleCompleted(second, SECOND_AT));
  await subject.deliver(refundInFull(second));
  expect((await subject.checkout())?.paid).toEqual({ [first.row.transactionId]: FIRST_AT });
  expect(await subject.row(second.row.transactionId)).not.toHaveProperty('duplicateOf');
  expect(await subject.row(first.row.transactionId)).not.toHaveProperty('duplicateOf');
});

it('moves the marks of the others to the payment that is first then', async () => {
  const third = await subject.addOrder();
  await subject.deliver(sampleCompleted(first, FIRST_AT));
  await subject.deliver(sampleCompleted(third, THIRD_AT));
  await subject.deliver(sampleCompleted(second, SECOND_AT));
  for (const { row } of [second, third]) {
    expect(await subject.attention(row.transactionId)).toMatchObject([{ reason: 'CHARGED_TWICE' }]);
  }
  await subject.deliver(refundInFull(first));
  await expectPaid({ [second.row.transactionId]: SECOND_AT, [third.row.transactionId]: THIRD_AT });
  expect(await subject.row(second.row.transactionId)).not.toHaveProperty('duplicateOf');
  expect(await subject.row(third.row.transactionId)).toMatchObject({
    duplicateOf: second.row.transactionId,
    duplicateOfCompletedAt: SECOND_AT,
  });
  expect(await subject.attention(second.row.transactionId)).toEqual([]);
  expect(await subject.attention(third.row.transactionId)).toMatchObject([
    { detail: `the buyer had paid with ${second.row.transactionId}` },
  ]);
});

async function expectPaid(paid: Record<string, string>) {
  expect((await subject.checkout())?.paid).toEqual(paid);
}

it('ends the same when both payments and the refund arrive at once, and again', async () => {
  const refund = refundInFull(first);
  const events = [sampleCompleted(second, SECOND_AT), refund, sampleCompleted(first, FIRST_AT)];
  const answers = await Promise.all(
    [...events, ...events.toReversed()].map((event) => subject.deliver(event)),
  );
  expect(answers.flatMap((answer) => answer.batchItemFailures)).toEqual([]);
  await expectOnlySecondPaid();
});

it.each([
  ['the refund', true],
  ['the refunded payment', false],
])('repairs what a death half-way has left when %s is delivered again', async (_what, isRefund) => {
  const refund = refundInFull(first);
  await subject.deliver(sampleCompleted(first, FIRST_AT), sampleCompleted(second, SECOND_AT));
  const [checkout, marked] = [
    await subject.checkout(),
    await subject.row(second.row.transactionId),
  ];
  await subject.deliver(refund);
  // The refunded order's row was written, the rest was not.
  await cloud.put('checkouts', { ...checkout });
  await cloud.put('transactions', { ...marked });
  await subject.deliver(isRefund ? refund : sampleCompleted(first, FIRST_AT));
  await expectOnlySecondPaid();
});

describe.each([1, 2, 3, 4, 5, 6, 7, 8, 9])('AWS call %i of a refund', (position) => {
  it.each(Object.entries(awsFaults))(
    '%s: the books are right all the same, and all is counted',
    async (_how, fault) => {
      await subject.deliver(sampleCompleted(first, FIRST_AT), sampleCompleted(second, SECOND_AT));
      const refund = refundInFull(first);
      let calls = 0;
      cloud.cloud.intercept((call) => {
        if (call.service !== 'dynamodb') return undefined;
        calls += 1;
        return calls === position ? fault : undefined;
      });
      const answer = await subject.deliver(refund);
      if (answer.batchItemFailures.length > 0) await subject.deliverAgain(2, refund);
      cloud.cloud.intercept(undefined);
      expect(calls).toBeGreaterThan(position);
      await expectOnlySecondPaid();
      expect(subject.platform.counted('RefundRecorded')).toBe(1);
      expect(subject.platform.counted('AccessRevoked')).toBe(1);
      expect(await subject.attention(first.row.transactionId)).toEqual([]);
    },
  );
});
