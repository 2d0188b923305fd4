import type { Order } from '@cloudnestle/payments/order';
import { LAST_ATTEMPT } from '@cloudnestle/runtime/queue/plan-retry';
import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import { type RunningSandbox, startTestGateway } from '@cloudnestle/test-kit/gateway';
import { sampleCompleted } from '@cloudnestle/test-kit/samples';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { payAtGateway, refundAtGateway } from '../testing/gateway.ts';
import { refundEventOf } from '../testing/gateway-event.ts';
import { createSubject, deadLetterReasons, type Subject } from '../testing/subject.ts';

let cloud: TestCloud;
let gateway: RunningSandbox;
let subject: Subject;
let order: Order;
let refundId: string;
let refunds = 0;

beforeAll(async () => {
  cloud = await startTestCloud();
  gateway = await startTestGateway(cloud);
});
beforeEach(async () => {
  subject = createSubject(cloud, {}, gateway.apiUrl);
  refunds += 1;
  refundId = `R-${refunds}`;
  order = await addPaidOrder(subject);
});
afterEach(() => {
  vi.useRealTimers();
  gateway.sandbox.faults.clear();
});
afterAll(async () => {
  await gateway.close();
  await cloud.stop();
});

async function addPaidOrder(buyer: Subject): Promise<Order> {
  const added = await buyer.addOrder();
  await payAtGateway(gateway, added);
  await buyer.deliver(sampleCompleted(added));
  return added;
}

/** The event stands in the history, an operator is needed, and nothing else has happened. */
async function expectRecordedOnly(event: ReturnType<typeof refundEventOf>, why: string) {
  const { transactionId } = order.row;
  const { eventId } = event.detail.metadata;
  const { merchantRefundId } = event.detail.data;
  const row = await subject.row(transactionId);
  expect(row).toMatchObject({
    status: 'COMPLETED',
    history: { [eventId]: { what: expect.stringContaining('refund: ') } },
  });
  expect(row).not.toHaveProperty('refunds');
  expect(row).not.toHaveProperty('accessRevokedAt');
  expect((await subject.checkout())?.paid).toHaveProperty(transactionId);
  const refundId = merchantRefundId ?? eventId;
  expect(await subject.attention(transactionId)).toEqual([
    {
      reason: 'REFUND_FAILED',
      since: event.detail.metadata.occurredAt,
      detail: expect.stringContaining(refundId),
    },
  ]);
  expect(subject.platform.counted('RefundRecorded')).toBe(0);
  expect(subject.platform.counted('AccessRevoked')).toBe(0);
  expect(subject.platform.lines).toContainEqual({
    level: 'warn',
    message: 'order needs attention',
    fields: { transactionId, eventId, refundId, attention: 'REFUND_FAILED', why },
  });
}

async function deliverThrice(event: ReturnType<typeof refundEventOf>) {
  for (let delivery = 1; delivery <= 3; delivery += 1) {
    expect(await subject.deliver(event)).toEqual({ batchItemFailures: [] });
  }
}

it('does not believe a refund that was made up: the gateway does not know it', async () => {
  const forged = refundEventOf(order, 'R-forged', { amountInPaisa: 29_900 });
  await deliverThrice(forged);
  await expectRecordedOnly(forged, 'the gateway does not know this refund');
});

it('does not believe that a real refund of another buyer’s order is one of this', async () => {
  const other = await addPaidOrder(createSubject(cloud));
  await refundAtGateway(gateway, other, {
    id: refundId,
    amountInPaisa: 29_900,
    outcome: 'COMPLETED',
  });
  const forged = refundEventOf(order, refundId);
  await deliverThrice(forged);
  await expectRecordedOnly(forged, 'the gateway names another order');
  expect(await subject.row(other.row.transactionId)).not.toHaveProperty('refunds');
});

it('does not believe an event that claims more than the gateway says', async () => {
  await refundAtGateway(gateway, order, { id: refundId, amountInPaisa: 29_900, outcome: 'FAILED' });
  const event = refundEventOf(order, refundId);
  await deliverThrice(event);
  await expectRecordedOnly(event, 'the gateway says FAILED');
});

it('leaves a refund to an operator that cannot be asked about', async () => {
  const { merchantOrderId } = order.row;
  const { detailType, detail } = refundEventOf(order, refundId);
  const { merchantRefundId: _none, ...data } = detail.data;
  const event = { detailType, detail: { ...detail, data: { ...data, merchantOrderId } } };
  await deliverThrice(event);
  await expectRecordedOnly(event, 'there is no merchantRefundId to ask the gateway by');
});

it('leaves a refund to an operator about which the gateway refuses to tell', async () => {
  gateway.sandbox.faults.set([
    { operation: 'refundStatus', kind: 'status', status: 403, count: null },
  ]);
  const event = refundEventOf(order, refundId);
  await deliverThrice(event);
  await expectRecordedOnly(event, expect.stringMatching(/^the gateway refused to tell: /));
});

/** The gateway's clock stands still, so that a refund stays pending until it is ended. */
const stopTheClock = () => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });

it('leaves a refund to an operator that is still on its way', async () => {
  stopTheClock();
  await refundAtGateway(gateway, order, { id: refundId, amountInPaisa: 29_900 });
  const event = refundEventOf(order, refundId, { gatewayState: 'ACCEPTED' });
  await deliverThrice(event);
  await expectRecordedOnly(event, 'the gateway says PENDING');
});

it('waits for the gateway where the event is ahead of it', async () => {
  stopTheClock();
  await refundAtGateway(gateway, order, { id: refundId, amountInPaisa: 29_900 });
  const event = refundEventOf(order, refundId);
  for (let attempt = 1; attempt < LAST_ATTEMPT; attempt += 1) {
    const answer = await subject.deliverAgain(attempt, event);
    expect(answer.batchItemFailures).toHaveLength(1);
  }
  expect(subject.platform.summaries().at(-1)).toMatchObject({
    outcome: 'retry',
    reason: 'the gateway says PENDING',
  });
  expect(await subject.attention(order.row.transactionId)).toEqual([]);
  gateway.sandbox.finishRefund(refundId, { outcome: 'COMPLETED', webhook: 'lose' });
  await subject.deliverAgain(LAST_ATTEMPT, event);
  expect(await subject.row(order.row.transactionId)).toMatchObject({
    accessRevokedAt: expect.any(String),
  });
  expect(await subject.attention(order.row.transactionId)).toEqual([]);
});

it('waits until the last attempt only; then an operator decides, and a replay still confirms it', async () => {
  stopTheClock();
  await refundAtGateway(gateway, order, { id: refundId, amountInPaisa: 29_900 });
  const event = refundEventOf(order, refundId);
  await subject.deliverAgain(LAST_ATTEMPT, event);
  await expectRecordedOnly(event, 'the gateway says PENDING');
  gateway.sandbox.finishRefund(refundId, { outcome: 'COMPLETED', webhook: 'lose' });
  await subject.deliver(event);
  expect(await subject.row(order.row.transactionId)).toMatchObject({
    refunds: { [refundId]: 29_900 },
    accessRevokedAt: expect.any(String),
  });
  expect(await subject.attention(order.row.transactionId)).toEqual([]);
  expect(subject.platform.counted('RefundRecorded')).toBe(1);
});

it('tries again while the gateway gives no answer, then dead-letters the refund with the reason', async () => {
  gateway.sandbox.faults.set([
    { operation: 'refundStatus', kind: 'status', status: 503, count: null },
  ]);
  const event = refundEventOf(order, refundId);
  const first = await subject.deliverAgain(1, event);
  expect(first.batchItemFailures).toHaveLength(1);
  await subject.deliverAgain(LAST_ATTEMPT, event);
  expect(await deadLetterReasons(cloud)).toEqual([
    expect.stringMatching(/^the gateway cannot be asked about the refund: 503/),
  ]);
  const row = await subject.row(order.row.transactionId);
  expect(row?.history).not.toHaveProperty(event.detail.metadata.eventId);
});

it('logs nothing of what others may have put into ids', async () => {
  const event = refundEventOf(order, 'buyer@example.com');
  await subject.deliver(event);
  expect(JSON.stringify(subject.platform.lines)).not.toContain('@');
});
