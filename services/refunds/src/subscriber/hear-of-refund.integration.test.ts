import type { Order } from '@cloudnestle/payments/order';
import { LAST_ATTEMPT } from '@cloudnestle/runtime/queue/plan-retry';
import { refundAtGateway } from '@cloudnestle/test-kit/gateway';
import { gatewayEventOf, refundEventOf } from '@cloudnestle/test-kit/gateway-events';
import { expect, vi } from 'vitest';
import { createSubject, deadLetterReasons, idIn, it, type Subject } from '../testing/subject.ts';

let order: Order;
let refundId: string;
let refunds = 0;

it.beforeEach(async ({ cloud, subject }) => {
  refunds += 1;
  refundId = `R-${refunds}`;
  order = await subject.addOrder();
  await cloud.receive('reconciliation', 'queue');
});
it.afterEach(({ gateway }) => {
  vi.useRealTimers();
  gateway.sandbox.faults.clear();
});

/** Nothing is believed, nothing is set aside, and an operator is told, once a delivery. */
async function expectDoubtOnly(
  subject: Subject,
  event: ReturnType<typeof refundEventOf>,
  doubt: string,
) {
  for (let delivery = 1; delivery <= 2; delivery += 1) {
    expect(await subject.deliver(event)).toEqual({ batchItemFailures: [] });
  }
  const { metadata, data } = event.detail;
  const heard = await subject.heard(2);
  expect(new Set(heard.map(({ eventId }) => eventId)).size).toBe(1);
  expect(heard[0]).toMatchObject({
    detailType: 'RefundInDoubt',
    data: {
      transactionId: order.row.transactionId,
      refundId: data.merchantRefundId ?? metadata.eventId,
      gatewayState: data.gatewayState,
      doubt,
      since: metadata.occurredAt,
    },
  });
  expect(await subject.row(order.row.transactionId)).toEqual(order.row);
}

it('does not believe a refund that was made up: the gateway does not know it', async ({
  subject,
}) => {
  const forged = refundEventOf(order, 'R-forged', { amountInPaisa: 29_900 });
  await expectDoubtOnly(subject, forged, 'the gateway does not know this refund');
});

it('does not believe that a real refund of another buyer’s order is one of this', async ({
  cloud,
  gateway,
  subject,
}) => {
  const other = await createSubject(cloud, gateway).addOrder();
  await refundAtGateway(gateway, other, { id: refundId, amountInPaisa: 29_900 });
  const forged = refundEventOf(order, refundId);
  await expectDoubtOnly(subject, forged, 'the gateway names another order');
  expect(await subject.row(other.row.transactionId)).toEqual(other.row);
});

it('does not let a refund of ours be laid at another order’s door', async ({ cloud, subject }) => {
  const asked = await subject.ask(order);
  const other = await subject.addOrder();
  await cloud.receive('reconciliation', 'queue');
  await subject.deliver(refundEventOf(other, idIn(asked)));
  const [first] = await subject.heard(1);
  expect(first).toMatchObject({
    detailType: 'RefundInDoubt',
    data: { transactionId: other.row.transactionId, doubt: 'the gateway names another order' },
  });
});

it('leaves a refund to an operator that cannot be asked about', async ({ subject }) => {
  const { merchantOrderId } = order.row;
  const nameless = gatewayEventOf({ kind: 'refund', gatewayState: 'COMPLETED', merchantOrderId });
  const why = 'there is no merchantRefundId to ask the gateway by';
  await expectDoubtOnly(subject, nameless, why);
});

it('leaves a refund to an operator about which the gateway refuses to tell', async ({
  gateway,
  subject,
}) => {
  gateway.sandbox.faults.set([
    { operation: 'refundStatus', kind: 'status', status: 403, count: null },
  ]);
  const why = expect.stringMatching(/^the gateway refused to tell: /);
  await expectDoubtOnly(subject, refundEventOf(order, refundId), why);
});

it('tries again while the gateway gives no answer, then dead-letters the refund with the reason', async ({
  cloud,
  gateway,
  subject,
}) => {
  gateway.sandbox.faults.set([
    { operation: 'refundStatus', kind: 'status', status: 503, count: null },
  ]);
  const event = refundEventOf(order, refundId);
  expect((await subject.deliverAgain(1, event)).batchItemFailures).toHaveLength(1);
  await subject.deliverAgain(LAST_ATTEMPT, event);
  expect(await deadLetterReasons(cloud)).toEqual([
    expect.stringMatching(/^the gateway cannot be asked about the refund: 503/),
  ]);
});

it('logs nothing of what others may have put into ids', async ({ subject }) => {
  await subject.deliver(refundEventOf(order, 'buyer@example.com'));
  expect(JSON.stringify(subject.platform.lines)).not.toContain('@');
});

/** The gateway's clock stands still, so that a refund stays pending until it is ended. */
const stopTheClock = () => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });

it('follows a refund of the dashboard until it is over, and sets its money aside meanwhile', async ({
  gateway,
  subject,
}) => {
  stopTheClock();
  const { transactionId } = order.row;
  await refundAtGateway(gateway, order, { id: refundId, amountInPaisa: 10_000 });
  const event = refundEventOf(order, refundId);
  for (let delivery = 1; delivery <= 2; delivery += 1) await subject.deliver(event);
  expect(await subject.refund(refundId)).toMatchObject({
    state: 'PENDING',
    origin: 'GATEWAY',
    amountInPaisa: 10_000,
  });
  expect(await subject.row(transactionId)).toMatchObject({ refundHolds: { [refundId]: 10_000 } });
  expect(await subject.ask(order)).toMatchObject({
    statusCode: 409,
    body: { refusal: 'ANOTHER_RUNNING' },
  });
  gateway.sandbox.finishRefund(refundId, { outcome: 'COMPLETED', webhook: 'lose' });
  await subject.sweepAt(60);
  const [told] = await subject.heard(1);
  expect(told).toMatchObject({
    detailType: 'PaymentRefunded',
    data: { refundId, amountInPaisa: 10_000, isFull: false, origin: 'GATEWAY' },
  });
});

it('tells of a refund of the dashboard that failed, with the gateway’s word', async ({
  gateway,
  subject,
}) => {
  await refundAtGateway(gateway, order, { id: refundId, amountInPaisa: 29_900, outcome: 'FAILED' });
  await subject.deliver(refundEventOf(order, refundId));
  expect(await subject.heard(1)).toMatchObject([
    { detailType: 'RefundFailed', data: { refundId, gatewayState: 'FAILED', origin: 'GATEWAY' } },
  ]);
});

it('takes a webhook without any id of the refund for the one that is under way, and for one that is over', async ({
  gateway,
  subject,
}) => {
  stopTheClock();
  const asked = await subject.ask(order, { amountInPaisa: 10_000 });
  const id = idIn(asked);
  await subject.sweepAt(61);
  gateway.sandbox.finishRefund(id, { outcome: 'COMPLETED', webhook: 'lose' });
  const { merchantOrderId, transactionId } = order.row;
  const nameless = gatewayEventOf({
    kind: 'refund',
    gatewayState: 'COMPLETED',
    amountInPaisa: 10_000,
    merchantOrderId,
  });
  await subject.deliver(nameless);
  expect(await subject.refund(id)).toMatchObject({ state: 'COMPLETED' });
  await subject.keepOnRow(transactionId, id, 10_000);
  await subject.deliver(nameless);
  expect(subject.platform.summaries().at(-1)).toMatchObject({
    outcome: 'skipped: known: that refund is over',
  });
  const heard = (await subject.heard(1)).filter(({ data }) => data.refundId === id);
  expect(heard.map(({ detailType }) => detailType)).toEqual(['PaymentRefunded']);
});

it('asks again about a refund that is over where the gateway says something else, also after it could not be asked', async ({
  gateway,
  subject,
}) => {
  const { transactionId } = order.row;
  await refundAtGateway(gateway, order, { id: refundId, amountInPaisa: 29_900, outcome: 'FAILED' });
  await subject.deliver(refundEventOf(order, refundId, { gatewayState: 'FAILED' }));
  await subject.keepOnRow(transactionId, refundId);
  await subject.sweepAt(120);
  expect(await subject.refund(refundId)).not.toHaveProperty('openShard');
  gateway.sandbox.faults.set([
    { operation: 'refundStatus', kind: 'status', status: 503, count: null },
  ]);
  const news = refundEventOf(order, refundId);
  expect((await subject.deliver(news)).batchItemFailures).toHaveLength(1);
  gateway.sandbox.faults.clear();
  const before = gateway.sandbox.calls.refundStatus;
  expect((await subject.deliver(news)).batchItemFailures).toHaveLength(0);
  expect(gateway.sandbox.calls.refundStatus).toBe(before + 1);
  expect(await subject.refund(refundId)).toMatchObject({ state: 'FAILED' });
});

it('looks at the other refunds where the row of one cannot be read', async ({ cloud, subject }) => {
  await cloud.put('refunds', {
    refundId: `odd-${refundId}`,
    openShard: 'OPEN#0',
    nextCheckAt: '2025-11-24T00:00:00.000Z',
  });
  const sound = idIn(await subject.ask(order));
  await subject.sweepAt(61);
  expect(await subject.refund(sound)).toMatchObject({ state: 'PENDING' });
  expect(subject.platform.counted('RefundSweepErrors')).toBeGreaterThan(0);
  await cloud.put('refunds', { refundId: `odd-${refundId}` });
});
