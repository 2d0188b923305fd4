import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import { sampleCompleted } from '@cloudnestle/test-kit/samples';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { gatewayEventOf } from './testing/gateway-event.ts';
import { createSubject, deadLetterReasons, type Subject } from './testing/subject.ts';

let cloud: TestCloud;
let subject: Subject;

beforeAll(async () => {
  cloud = await startTestCloud();
});
beforeEach(() => {
  subject = createSubject(cloud);
});
afterAll(() => cloud.stop());

it('puts an order whose answer does not fit up for review, out of the machine’s sight', async () => {
  const { row } = await subject.addOrder();
  const { merchantOrderId, transactionId } = row;
  const event = gatewayEventOf({
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
    const review = gatewayEventOf({ kind: 'mismatch', gatewayState: 'COMPLETED', merchantOrderId });
    const events = [review, sampleCompleted(order)];
    for (const event of isReviewFirst ? events : events.toReversed()) await subject.deliver(event);
    const row = await subject.row(transactionId);
    expect(row).toMatchObject({ status: 'COMPLETED', needsReview: expect.any(String) });
    expect(row).not.toHaveProperty('openShard');
  }
});

it.each([
  ['long before', '2025-11-24T07:00:00.000Z'],
  ['in the same moment', '2025-11-24T08:00:00.000Z'],
])(
  'leaves an order in the machine’s sight that a person cleared: the mismatch came %s',
  async (_when, at) => {
    const { row } = await subject.addOrder({ reviewClearedAt: '2025-11-24T08:00:00.000Z' });
    const { merchantOrderId, transactionId } = row;
    const data = { kind: 'mismatch', gatewayState: 'COMPLETED', merchantOrderId } as const;
    const event = gatewayEventOf(data, at);
    await subject.deliver(event);
    const after = await subject.row(transactionId);
    expect(after).toMatchObject({
      openShard: row.openShard,
      nextCheckAt: row.nextCheckAt,
      history: { [event.detail.metadata.eventId]: { what: 'mismatch: COMPLETED', at } },
    });
    expect(after).not.toHaveProperty('needsReview');
    expect(subject.platform.counted('OrderNeedsReview')).toBe(0);
  },
);

it('puts a cleared order up for review again when a mismatch comes later', async () => {
  const { row } = await subject.addOrder({ reviewClearedAt: '2025-11-24T07:59:59.999Z' });
  const { merchantOrderId, transactionId } = row;
  await subject.deliver(gatewayEventOf({ kind: 'mismatch', gatewayState: 'X', merchantOrderId }));
  const after = await subject.row(transactionId);
  expect(after).toMatchObject({ needsReview: expect.any(String) });
  expect(after).not.toHaveProperty('openShard');
  expect(subject.platform.counted('OrderNeedsReview')).toBe(1);
});

it('adds a dispute to the history of its order, changes nothing else, and alerts once', async () => {
  const { row } = await subject.addOrder();
  const { merchantOrderId, transactionId } = row;
  const data = {
    kind: 'dispute',
    gatewayState: 'CREATED',
    merchantOrderId,
    disputeId: 'D-1',
  } as const;
  await subject.deliver(gatewayEventOf(data));
  await subject.deliver(gatewayEventOf(data, '2025-11-24T07:00:00.000Z'));
  await subject.deliver(gatewayEventOf(data, '2025-11-24T09:00:00.000Z'));
  const { eventId } = gatewayEventOf(data).detail.metadata;
  expect(await subject.row(transactionId)).toEqual({
    ...row,
    history: { [eventId]: { what: 'dispute: CREATED', at: '2025-11-24T07:00:00.000Z' } },
    updatedAt: expect.any(String),
    last_sync: expect.any(String),
  });
  expect(subject.platform.counted('DisputeReceived')).toBe(1);
  expect(subject.platform.lines.filter(({ level }) => level === 'warn')).toEqual([
    { level: 'warn', message: 'dispute received', fields: { transactionId, eventId } },
  ]);
});

it('alerts of every step of a dispute', async () => {
  const { merchantOrderId } = (await subject.addOrder()).row;
  for (const gatewayState of ['CREATED', 'ACTION_REQUIRED', 'LOST']) {
    await subject.deliver(gatewayEventOf({ kind: 'dispute', gatewayState, merchantOrderId }));
  }
  expect(subject.platform.counted('DisputeReceived')).toBe(3);
});

it.each(['dispute', 'mismatch'] as const)(
  'finds the order of a %s by the gateway’s own id of it',
  async (kind) => {
    const { row } = await subject.addOrder();
    const gatewayOrderId = row.phonepeOrderId ?? '';
    const event = gatewayEventOf({ kind, gatewayState: 'X', gatewayOrderId });
    expect(await subject.deliver(event)).toEqual({ batchItemFailures: [] });
    expect(await subject.row(row.transactionId)).toMatchObject({
      history: { [event.detail.metadata.eventId]: { what: `${kind}: X` } },
    });
  },
);

it('takes no order for the one that a gateway’s id means if two rows have it', async () => {
  await subject.addOrder({ phonepeOrderId: 'OMO-TWICE' });
  await subject.addOrder({ phonepeOrderId: 'OMO-TWICE' });
  await subject.deliver(
    gatewayEventOf({ kind: 'dispute', gatewayState: 'X', gatewayOrderId: 'OMO-TWICE' }),
  );
  expect(await deadLetterReasons(cloud)).toEqual([
    'no order here for this dispute: gatewayOrderId OMO-TWICE',
  ]);
});

it.each(['refund', 'dispute', 'mismatch'] as const)(
  'dead-letters a %s of an order that is not ours, or of none, and alerts',
  async (kind) => {
    const gatewayState = 'X';
    const strange = gatewayEventOf({
      kind,
      gatewayState,
      merchantOrderId: 'MP-strange',
      gatewayOrderId: 'OMO-strange',
    });
    await subject.deliver(strange);
    await subject.deliver(gatewayEventOf({ kind, gatewayState }));
    expect(await deadLetterReasons(cloud)).toEqual([
      `no order here for this ${kind}: merchantOrderId MP-strange, gatewayOrderId OMO-strange`,
      `a ${kind} that names no order`,
    ]);
    expect(subject.platform.counted('GatewayEventUnknownOrder')).toBe(2);
    expect(subject.platform.lines).toContainEqual({
      level: 'warn',
      message: 'gateway event of an unknown order',
      fields: {
        eventId: strange.detail.metadata.eventId,
        kind,
        merchantOrderId: 'MP-strange',
        gatewayOrderId: 'OMO-strange',
      },
    });
  },
);
