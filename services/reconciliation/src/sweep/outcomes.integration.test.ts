import { attentionGauges } from '@cloudnestle/contracts/metric-names';
import { raiseAttention } from '@cloudnestle/payments/attention/attention';
import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import {
  type RunningSandbox,
  startTestGateway,
  writeGatewaySecret,
} from '@cloudnestle/test-kit/gateway';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSubject, type Subject } from './testing/subject.ts';

let cloud: TestCloud;
let gateway: RunningSandbox;
let subject: Subject;

beforeAll(async () => {
  cloud = await startTestCloud();
  gateway = await startTestGateway(cloud);
});
beforeEach(async () => {
  cloud.cloud.intercept(undefined);
  gateway.sandbox.faults.clear();
  subject = createSubject(cloud, gateway);
  // What earlier tests left open is none of this test's business.
  await subject.sweep('2025-11-23T08:00:00.000Z', { scope: 'all' });
  await closeAll();
  await cloud.receive('reconciliation', 'queue');
});
afterAll(async () => {
  await gateway.close();
  await cloud.stop();
});

const opened: string[] = [];
async function closeAll() {
  for (const transactionId of opened.splice(0)) {
    const { openShard: _o, nextCheckAt: _n, ...closed } = (await subject.row(transactionId)) ?? {};
    await cloud.put('transactions', closed);
  }
}
const addOrder: Subject['addOrder'] = async (...args) => {
  const row = await subject.addOrder(...args);
  opened.push(row.transactionId);
  return row;
};
const dueLater = { nextCheckAt: '2025-11-23T09:05:00.000Z' };

describe('an order whose webhook never came', () => {
  it('is settled from the gateway’s own word, over the same event as the webhook’s', async () => {
    const { merchantOrderId, transactionId } = await addOrder();
    gateway.sandbox.finish(merchantOrderId, { outcome: 'COMPLETED', webhook: 'lose' });
    expect(await subject.sweep('2025-11-23T09:01:00.000Z')).toMatchObject({ due: 1, settled: 1 });
    const [event] = await subject.published(1);
    expect(event).toMatchObject({
      detailType: 'PaymentCompleted',
      data: { transactionId, gatewayEvent: 'sweep', instrument: { mode: 'UPI' } },
    });
  });

  it.each([
    ['FAILED', 'failed', 'DECLINED'],
    ['CANCELLED', 'failed', 'CANCELLED'],
    ['EXPIRED', 'expired', 'EXPIRED'],
  ] as const)('has failed where the gateway says %s', async (outcome, count, reason) => {
    const { merchantOrderId } = await addOrder();
    gateway.sandbox.finish(merchantOrderId, { outcome, webhook: 'lose' });
    expect(await subject.sweep('2025-11-23T09:31:00.000Z')).toMatchObject({ due: 1, [count]: 1 });
    expect(await subject.published(1)).toMatchObject([
      { detailType: 'PaymentFailed', data: { reason } },
    ]);
  });

  it('is asked about at every run while it is pending, and nothing is said of it', async () => {
    const { transactionId } = await addOrder();
    const before = gateway.sandbox.calls.status;
    for (const minute of ['01', '02', '03']) {
      const summary = await subject.sweep(`2025-11-23T09:${minute}:00.000Z`);
      expect(summary).toMatchObject({ due: 1, settled: 0, errors: 0, outcome: 'done' });
    }
    expect(gateway.sandbox.calls.status).toBe(before + 3);
    expect(await subject.row(transactionId)).toMatchObject({ status: 'PENDING' });
    expect(await cloud.receive('reconciliation', 'queue')).toEqual([]);
  });

  it('is left alone until it is due', async () => {
    const { transactionId } = await addOrder(dueLater);
    cloud.cloud.calls.reset();
    expect(await subject.sweep('2025-11-23T09:04:59.999Z')).toMatchObject({ due: 0 });
    // The index of open orders, and the one of orders that need an operator.
    expect(cloud.cloud.calls.snapshot()).toEqual({ 'dynamodb:Query': 2 });
    expect(await subject.row(transactionId)).toMatchObject(dueLater);
    expect(await subject.sweep('2025-11-23T09:05:00.000Z')).toMatchObject({ due: 1 });
  });

  it('is looked at before its time where an operator wants that', async () => {
    const { merchantOrderId } = await addOrder(dueLater);
    gateway.sandbox.finish(merchantOrderId, { outcome: 'COMPLETED', webhook: 'lose' });
    const summary = await subject.sweep('2025-11-23T09:01:00.000Z', { scope: 'all' });
    expect(summary).toMatchObject({ due: 1, settled: 1 });
  });
});

describe('an order that the gateway does not know', () => {
  it('is waited for while it could be paid, and has expired after that', async () => {
    await addOrder({}, { gateway: false });
    expect(await subject.sweep('2025-11-23T09:30:00.000Z')).toMatchObject({ due: 1, expired: 0 });
    expect(await subject.sweep('2025-11-23T09:31:00.000Z')).toMatchObject({ due: 1, expired: 1 });
    expect(await subject.published(1)).toMatchObject([
      { data: { reason: 'EXPIRED', gatewayState: 'NOT_FOUND' } },
    ]);
  });

  it('is found by our own id where the page’s answer was lost', async () => {
    const { merchantOrderId, transactionId } = await addOrder({
      phonepeOrderId: undefined,
      redirectUrl: undefined,
    });
    gateway.sandbox.finish(merchantOrderId, { outcome: 'COMPLETED', webhook: 'lose' });
    await subject.sweep('2025-11-23T09:01:00.000Z');
    expect(await subject.published(1)).toMatchObject([
      { detailType: 'PaymentCompleted', data: { transactionId } },
    ]);
  });
});

describe('an order of a gateway that is not registered any more', () => {
  const closed = { paymentMethod: 'closed-gateway' };

  it('is asked about nowhere else, has no outcome however long ago it expired, and is left to an operator', async () => {
    const row = await addOrder(closed);
    const { merchantOrderId, transactionId } = row;
    const { merchantOrderId: other } = await addOrder();
    gateway.sandbox.finish(merchantOrderId, { outcome: 'COMPLETED', webhook: 'lose' });
    gateway.sandbox.finish(other, { outcome: 'COMPLETED', webhook: 'lose' });
    const before = gateway.sandbox.calls.status;
    expect(await subject.sweep('2025-11-23T10:30:00.000Z')).toMatchObject({
      due: 2,
      settled: 1,
      errors: 1,
      outcome: 'done',
    });
    expect(gateway.sandbox.calls.status).toBe(before + 1);
    expect(await subject.published(1)).toMatchObject([{ data: { merchantOrderId: other } }]);
    await subject.sweep('2025-11-28T09:31:00.000Z');
    expect(await subject.row(transactionId)).toMatchObject({
      status: 'PENDING',
      attention: { NO_OUTCOME: { detail: expect.stringContaining('closed-gateway') } },
    });
    // No later test counts it among the orders that need an operator.
    await cloud.put('transactions', row);
  });
});

describe('an expired order', () => {
  const expired = {
    status: 'FAILED',
    failureReason: 'EXPIRED',
    nextCheckAt: '2025-11-23T10:30:00.000Z',
  } as const;

  it('is asked about again 1, 6, 24 and 72 hours later, and then no more', async () => {
    const { merchantOrderId, transactionId } = await addOrder(expired);
    gateway.sandbox.finish(merchantOrderId, { outcome: 'EXPIRED', webhook: 'lose' });
    const before = gateway.sandbox.calls.status;
    const looks: unknown[] = [];
    for (let now: unknown = expired.nextCheckAt; typeof now === 'string'; ) {
      expect(await subject.sweep(now)).toMatchObject({ due: 1, expired: 0 });
      now = (await subject.row(transactionId))?.nextCheckAt;
      looks.push(now);
    }
    expect(looks).toEqual([
      '2025-11-23T15:30:00.000Z',
      '2025-11-24T09:30:00.000Z',
      '2025-11-26T09:30:00.000Z',
      undefined,
    ]);
    expect(gateway.sandbox.calls.status).toBe(before + 4);
    expect(await subject.row(transactionId)).not.toHaveProperty('openShard');
    expect(await cloud.receive('reconciliation', 'queue')).toEqual([]);
  });

  it('becomes paid when the money comes late', async () => {
    const { merchantOrderId } = await addOrder(expired);
    gateway.sandbox.finish(merchantOrderId, { outcome: 'EXPIRED', webhook: 'lose' });
    gateway.sandbox.finish(merchantOrderId, { outcome: 'COMPLETED', webhook: 'lose' });
    expect(await subject.sweep('2025-11-23T10:31:00.000Z')).toMatchObject({ settled: 1 });
    expect(await subject.published(1)).toMatchObject([{ detailType: 'PaymentCompleted' }]);
  });

  it('that turns out to be declined says so once', async () => {
    const { merchantOrderId } = await addOrder(expired);
    gateway.sandbox.finish(merchantOrderId, { outcome: 'FAILED', webhook: 'lose' });
    expect(await subject.sweep('2025-11-23T10:31:00.000Z')).toMatchObject({ failed: 1 });
    expect(await subject.published(1)).toMatchObject([{ data: { reason: 'DECLINED' } }]);
  });
});

describe('an order that the sweep cannot decide', () => {
  it('needs an operator after three days without an outcome', async () => {
    const { transactionId } = await addOrder();
    expect(await subject.sweep('2025-11-26T09:29:59.000Z')).toMatchObject({ parked: 0 });
    await subject.change(transactionId, { nextCheckAt: '2025-11-26T09:30:00.000Z' });
    expect(await subject.sweep('2025-11-26T09:30:00.000Z')).toMatchObject({ due: 1, parked: 1 });
    const row = await subject.row(transactionId);
    expect(row).toMatchObject({ status: 'PENDING' });
    expect(await subject.attention(transactionId)).toEqual([
      {
        reason: 'NO_OUTCOME',
        since: '2025-11-26T09:30:00.000Z',
        detail: 'no outcome after three days: the gateway says PENDING',
      },
    ]);
    expect(row).not.toHaveProperty('openShard');
    expect(await subject.sweep('2025-11-27T09:30:00.000Z')).toMatchObject({ due: 0 });
    expect(subject.platform.gauged('AttentionNoOutcome')).toBe(1);
  });

  it('needs an operator where its row cannot be read', async () => {
    const { transactionId } = await addOrder();
    await subject.change(transactionId, { amount: 'a lot' });
    expect(await subject.sweep('2025-11-23T09:01:00.000Z')).toMatchObject({ due: 1, parked: 1 });
    expect(await subject.attention(transactionId)).toMatchObject([
      { reason: 'NO_OUTCOME', detail: expect.stringContaining('amount') },
    ]);
  });

  it('needs an operator although the answer to its parking is lost with the repeats’', async () => {
    const { transactionId } = await addOrder({ nextCheckAt: '2025-11-26T09:30:00.000Z' });
    let updates = 0;
    cloud.cloud.intercept((call) => {
      if (call.operation !== 'UpdateItem') return undefined;
      updates += 1;
      // The claim goes well, the parking takes effect and its answer is cut, the SDK's two repeats are cut before.
      if (updates === 1) return undefined;
      return { when: updates === 2 ? 'after' : 'before', reset: true };
    });
    expect(await subject.sweep('2025-11-26T09:30:00.000Z')).toMatchObject({ parked: 0, errors: 1 });
    cloud.cloud.intercept(undefined);
    expect(updates).toBe(4);
    expect(await subject.row(transactionId)).not.toHaveProperty('openShard');
    expect(await subject.sweep('2025-11-26T09:31:00.000Z')).toMatchObject({ due: 0 });
    expect(subject.platform.gauged('AttentionNoOutcome')).toBeGreaterThanOrEqual(1);
    expect(await subject.attention(transactionId)).toMatchObject([{ reason: 'NO_OUTCOME' }]);
  });
});

describe('an order whose answer does not fit', () => {
  it('is said on the bus once, nothing is granted, and it is asked about on and on', async () => {
    const { merchantOrderId, transactionId } = await addOrder({}, { amountInPaisa: 100 });
    gateway.sandbox.finish(merchantOrderId, { outcome: 'COMPLETED', webhook: 'lose' });
    expect(await subject.sweep('2025-11-23T09:01:00.000Z')).toMatchObject({
      settled: 0,
      parked: 1,
    });
    const [event] = await subject.published(1);
    expect(event).toMatchObject({
      detailType: 'GatewayEventReceived',
      data: { kind: 'mismatch' },
    });
    await subject.record(event);
    expect(await subject.attention(transactionId)).toMatchObject([{ reason: 'MISMATCH' }]);
    expect(await subject.sweep('2025-11-23T09:40:00.000Z')).toMatchObject({ due: 1, parked: 0 });
    expect(await subject.row(transactionId)).toMatchObject({
      openShard: 'OPEN#0',
      nextCheckAt: '2025-11-23T09:41:00.000Z',
    });
    expect(await cloud.receive('reconciliation', 'queue')).toEqual([]);
  });

  it('is left to an operator after three days', async () => {
    const { merchantOrderId, transactionId } = await addOrder({}, { amountInPaisa: 100 });
    gateway.sandbox.finish(merchantOrderId, { outcome: 'COMPLETED', webhook: 'lose' });
    expect(await subject.sweep('2025-11-26T09:30:00.000Z')).toMatchObject({ parked: 1 });
    expect(await subject.row(transactionId)).not.toHaveProperty('openShard');
    expect(await subject.attention(transactionId)).toMatchObject([{ reason: 'MISMATCH' }]);
  });

  it('heals by itself once our own merchant id is corrected, whether it was paid or not', async () => {
    const [paid, expired] = [await addOrder(), await addOrder()];
    gateway.sandbox.finish(paid.merchantOrderId, { outcome: 'COMPLETED', webhook: 'lose' });
    gateway.sandbox.finish(expired.merchantOrderId, { outcome: 'EXPIRED', webhook: 'lose' });
    await writeGatewaySecret(cloud, { merchantId: 'MISTYPED' });
    const mistyped = createSubject(cloud, gateway);
    expect(await mistyped.sweep('2025-11-23T09:31:00.000Z')).toMatchObject({ due: 2, parked: 2 });
    for (const event of await mistyped.published(2)) await mistyped.record(event);
    for (const { transactionId } of [paid, expired]) {
      expect(await mistyped.attention(transactionId)).toMatchObject([{ reason: 'MISMATCH' }]);
    }
    await writeGatewaySecret(cloud);
    expect(await mistyped.sweep('2025-11-23T09:33:00.000Z')).toMatchObject({
      due: 2,
      settled: 1,
      expired: 1,
    });
    for (const event of await mistyped.published(2)) await mistyped.record(event);
    for (const { transactionId } of [paid, expired]) {
      expect(await mistyped.attention(transactionId)).toEqual([]);
    }
    expect(await subject.row(paid.transactionId)).toMatchObject({ status: 'COMPLETED' });
    expect(await subject.row(expired.transactionId)).toMatchObject({ failureReason: 'EXPIRED' });
  });

  it('heals although an operator ended it before the merchant id was corrected', async () => {
    const { merchantOrderId, transactionId } = await addOrder();
    gateway.sandbox.finish(merchantOrderId, { outcome: 'COMPLETED', webhook: 'lose' });
    await writeGatewaySecret(cloud, { merchantId: 'MISTYPED' });
    const mistyped = createSubject(cloud, gateway);
    await mistyped.sweep('2025-11-23T09:31:00.000Z');
    for (const event of await mistyped.published(1)) await mistyped.record(event);
    await mistyped.resolve(transactionId, 'MISMATCH');
    expect(await mistyped.attention(transactionId)).toEqual([]);
    expect(await mistyped.sweep('2025-11-23T09:33:00.000Z')).toMatchObject({ due: 1, parked: 0 });
    await writeGatewaySecret(cloud);
    expect(await mistyped.sweep('2025-11-23T09:36:00.000Z')).toMatchObject({ settled: 1 });
  });

  it('needs no operator while the gateway has no outcome', async () => {
    const { transactionId } = await addOrder({}, { amountInPaisa: 100 });
    expect(await subject.sweep('2025-11-23T09:01:00.000Z')).toMatchObject({ due: 1, parked: 0 });
    expect(await cloud.receive('reconciliation', 'queue')).toEqual([]);
    expect(await subject.attention(transactionId)).toEqual([]);
  });
});

it('needs an operator for an order that two attempts have paid', async () => {
  const { merchantOrderId, transactionId } = await addOrder({ userId: 'pays-twice' });
  gateway.sandbox.finish(merchantOrderId, {
    outcome: 'COMPLETED',
    paidTwice: true,
    webhook: 'lose',
  });
  expect(await subject.sweep('2025-11-23T09:01:00.000Z')).toMatchObject({ settled: 1 });
  const [event] = await subject.published(1);
  await subject.record(event);
  expect(await subject.attention(transactionId)).toMatchObject([
    { reason: 'CHARGED_TWICE', detail: '2 attempts of this order completed' },
  ]);
});

describe('an outcome that never reaches its row', () => {
  it('is published ever more rarely, counted once, and needs an operator after half an hour', async () => {
    const { merchantOrderId, transactionId } = await addOrder({ userId: 'not-reached' });
    gateway.sandbox.finish(merchantOrderId, { outcome: 'COMPLETED', webhook: 'lose' });
    const seen: [at: unknown, settled: number, parked: number, reasons: number][] = [];
    for (let now = '2025-11-23T09:01:00.000Z'; seen.length < 8; ) {
      const { settled, parked } = await subject.sweep(now);
      seen.push([
        now.slice(11, 16),
        settled,
        parked,
        (await subject.attention(transactionId)).length,
      ]);
      const next = String((await subject.row(transactionId))?.nextCheckAt);
      // A run comes each minute.
      now = new Date(Math.ceil(Date.parse(next) / 60_000) * 60_000).toISOString();
    }
    expect(seen).toEqual([
      ['09:01', 1, 0, 0],
      ['09:02', 0, 0, 0],
      ['09:04', 0, 0, 0],
      ['09:08', 0, 0, 0],
      ['09:16', 0, 0, 0],
      ['09:32', 0, 1, 1],
      ['10:04', 0, 0, 1],
      ['11:08', 0, 0, 1],
    ]);
    const events = await subject.published(8);
    await subject.record(events[0]);
    const row = await subject.row(transactionId);
    expect(row).toMatchObject({ status: 'COMPLETED' });
    expect(row).not.toHaveProperty('outcomesPublished');
    expect(await subject.attention(transactionId)).toEqual([]);
  });
});

it('counts orders that need an operator by reason at every run, and says 0 where no order does', async () => {
  await subject.sweep('2025-11-23T09:01:00.000Z');
  const before = Object.values(attentionGauges).map((gauge) => subject.platform.gauged(gauge));
  expect(before.every((count) => count !== undefined)).toBe(true);
  const { transactionId } = await addOrder({ ...dueLater, attention: undefined });
  const attributes = raiseAttention(
    (await subject.row(transactionId)) ?? {},
    { reason: 'UNKNOWN_TIER', at: '2025-11-23T09:00:00.000Z' },
    { shardCount: 1 },
  );
  await subject.change(transactionId, { ...attributes });
  await subject.sweep('2025-11-23T09:01:00.000Z');
  expect(subject.platform.gauged('AttentionUnknownTier')).toBe(1);
  await subject.change(transactionId, { attention: undefined, attentionShard: 'NONE' });
  await subject.sweep('2025-11-23T09:02:00.000Z');
  expect(subject.platform.gauged('AttentionUnknownTier')).toBe(0);
});
