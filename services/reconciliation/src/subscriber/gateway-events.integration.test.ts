import type { GatewayEventReceivedData } from '@cloudnestle/contracts/events/gateway-event-received';
import { buildGatewayEvent } from '@cloudnestle/payments/build-events';
import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import { sampleCompleted } from '@cloudnestle/test-kit/samples';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createSubject, type Subject } from './testing/subject.ts';

let cloud: TestCloud;
let subject: Subject;

beforeAll(async () => {
  cloud = await startTestCloud();
});
beforeEach(() => {
  subject = createSubject(cloud);
});
afterAll(() => cloud.stop());

const trigger = { producer: 'webhook', causationId: 'c', gatewayEvent: 'pg.refund.completed' };
const eventOf = (data: GatewayEventReceivedData, at = '2025-11-24T08:00:00.000Z') =>
  buildGatewayEvent(data, new Date(at), trigger);
const deadLetterReasons = async () => {
  const letters = await cloud.receive('reconciliation', 'deadLetterQueue');
  return letters.map((letter) => letter.MessageAttributes?.failureReason?.StringValue);
};

it('puts an order whose answer does not fit up for review, out of the machine’s sight', async () => {
  const { row } = await subject.addOrder();
  const { merchantOrderId, transactionId } = row;
  const event = eventOf({
    kind: 'mismatch',
    gatewayState: 'COMPLETED',
    merchantOrderId,
    amountInPaisa: 100,
  });
  await subject.deliver(event);
  const { openShard: _o, nextCheckAt: _n, ...rest } = row;
  expect(await subject.row(transactionId)).toEqual({
    ...rest,
    needsReview: "the gateway's answer does not fit this order: COMPLETED over 100 paisa",
    history: {
      [event.detail.metadata.eventId]: {
        what: 'mismatch: COMPLETED',
        at: '2025-11-24T08:00:00.000Z',
      },
    },
    updatedAt: expect.any(String),
    last_sync: expect.any(String),
  });
  await subject.deliver(event);
  expect(subject.platform.counted('OrderNeedsReview')).toBe(1);
  expect(subject.platform.lines).toContainEqual({
    level: 'warn',
    message: 'order needs review',
    fields: { transactionId, merchantOrderId, eventId: event.detail.metadata.eventId },
  });
});

it('does not bring an order under review back into the machine’s sight when it completes', async () => {
  for (const isReviewFirst of [true, false]) {
    const order = await subject.addOrder();
    const { merchantOrderId, transactionId } = order.row;
    const review = eventOf({ kind: 'mismatch', gatewayState: 'COMPLETED', merchantOrderId });
    const events = [review, sampleCompleted(order)];
    for (const event of isReviewFirst ? events : events.toReversed()) await subject.deliver(event);
    const row = await subject.row(transactionId);
    expect(row).toMatchObject({ status: 'COMPLETED', needsReview: expect.any(String) });
    expect(row).not.toHaveProperty('openShard');
  }
});

it.each(['refund', 'dispute'] as const)(
  'adds a %s to the history of its order and changes nothing else',
  async (kind) => {
    const { row } = await subject.addOrder();
    const { merchantOrderId, transactionId } = row;
    const data = { kind, gatewayState: 'CONFIRMED', merchantOrderId, merchantRefundId: 'R-1' };
    await subject.deliver(eventOf(data));
    await subject.deliver(eventOf(data, '2025-11-24T07:00:00.000Z'));
    await subject.deliver(eventOf(data, '2025-11-24T09:00:00.000Z'));
    const { eventId } = eventOf(data).detail.metadata;
    expect(await subject.row(transactionId)).toEqual({
      ...row,
      history: { [eventId]: { what: `${kind}: CONFIRMED`, at: '2025-11-24T07:00:00.000Z' } },
      updatedAt: expect.any(String),
      last_sync: expect.any(String),
    });
  },
);

it.each(['refund', 'dispute', 'mismatch'] as const)(
  'dead-letters a %s of an order that is not ours, or of none',
  async (kind) => {
    await subject.deliver(eventOf({ kind, gatewayState: 'X', merchantOrderId: 'MP-strange' }));
    await subject.deliver(eventOf({ kind, gatewayState: 'X', merchantRefundId: 'R-2' }));
    expect(await deadLetterReasons()).toEqual([
      'no transaction row txn_MP-strange',
      `a ${kind} that names no order`,
    ]);
  },
);
