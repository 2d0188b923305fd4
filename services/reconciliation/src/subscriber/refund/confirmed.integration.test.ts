import type { Order } from '@cloudnestle/payments/order';
import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import { type RunningSandbox, startTestGateway } from '@cloudnestle/test-kit/gateway';
import { sampleCompleted } from '@cloudnestle/test-kit/samples';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { payAtGateway, refundAtGateway } from '../testing/gateway.ts';
import { refundEventOf } from '../testing/gateway-event.ts';
import { createSubject, type Subject } from '../testing/subject.ts';

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
  order = await subject.addOrder();
  await payAtGateway(gateway, order);
});
afterAll(async () => {
  await gateway.close();
  await cloud.stop();
});

const refund = (id: string, amountInPaisa: number) =>
  refundAtGateway(gateway, order, { id, amountInPaisa, outcome: 'COMPLETED' });
const rowOf = ({ row }: Order) => subject.row(row.transactionId);
const warnings = () => subject.platform.lines.filter(({ level }) => level === 'warn');

describe('a refund of the whole amount', () => {
  it('is kept, takes access back and the payment out of the paid ones, and changes nothing else', async () => {
    await subject.deliver(sampleCompleted(order));
    const before = await rowOf(order);
    await refund(refundId, 29_900);
    const event = refundEventOf(order, refundId);
    expect(await subject.deliver(event)).toEqual({ batchItemFailures: [] });
    const { eventId } = event.detail.metadata;
    expect(await rowOf(order)).toEqual({
      ...before,
      refunds: { [refundId]: 29_900 },
      accessRevokedAt: expect.any(String),
      toldBy: {
        paid: expect.any(String),
        [`refund ${refundId}`]: `${eventId} c`,
        revoked: `${eventId} c`,
      },
      history: expect.objectContaining({
        [eventId]: { what: 'refund: COMPLETED', at: '2025-11-24T08:00:00.000Z' },
      }),
      updatedAt: expect.any(String),
      last_sync: expect.any(String),
    });
    expect((await subject.checkout())?.paid).toEqual({});
    const { transactionId } = order.row;
    expect(warnings()).toEqual([
      {
        level: 'warn',
        message: 'access revoked',
        fields: { transactionId, eventId, refundId },
      },
    ]);
  });

  it('is counted once, however often it is delivered', async () => {
    await subject.deliver(sampleCompleted(order));
    await refund(refundId, 29_900);
    await subject.deliver(refundEventOf(order, refundId));
    const first = await rowOf(order);
    for (let delivery = 2; delivery <= 5; delivery += 1) {
      await subject.deliver(refundEventOf(order, refundId));
    }
    expect(await rowOf(order)).toEqual(first);
    expect(subject.platform.counted('RefundRecorded')).toBe(1);
    expect(subject.platform.counted('AccessRevoked')).toBe(1);
    expect(await subject.attention(order.row.transactionId)).toEqual([]);
  });

  it('may come before its payment is recorded: that payment then gives nothing', async () => {
    await refund(refundId, 29_900);
    await subject.deliver(refundEventOf(order, refundId));
    await subject.deliver(sampleCompleted(order));
    expect(await rowOf(order)).toMatchObject({
      status: 'COMPLETED',
      refunds: { [refundId]: 29_900 },
      accessRevokedAt: expect.any(String),
    });
    expect((await subject.checkout())?.paid ?? {}).toEqual({});
    expect(subject.platform.summaries().at(-1)).toMatchObject({ outcome: 'skipped: revoked' });
  });

  it('is not undone by a replay of the payment', async () => {
    await subject.deliver(sampleCompleted(order));
    await refund(refundId, 29_900);
    await subject.deliver(refundEventOf(order, refundId));
    const refunded = await rowOf(order);
    await subject.deliver(sampleCompleted(order));
    expect(await rowOf(order)).toEqual(refunded);
    expect((await subject.checkout())?.paid).toEqual({});
  });

  it('is believed though the event says less than the gateway', async () => {
    await refund(refundId, 29_900);
    await subject.deliver(refundEventOf(order, refundId, { gatewayState: 'ACCEPTED' }));
    expect(await rowOf(order)).toMatchObject({ accessRevokedAt: expect.any(String) });
  });

  it('of a row of the replaced system, without history, is kept as well', async () => {
    const old = await subject.addOrder({ history: undefined, plan: undefined });
    await payAtGateway(gateway, old);
    await refundAtGateway(gateway, old, {
      id: refundId,
      amountInPaisa: 29_900,
      outcome: 'COMPLETED',
    });
    await subject.deliver(refundEventOf(old, refundId));
    expect(await rowOf(old)).toMatchObject({
      refunds: { [refundId]: 29_900 },
      accessRevokedAt: expect.any(String),
      history: expect.any(Object),
    });
  });
});

describe('a refund of a part', () => {
  it('is kept and left to an operator, and access stays', async () => {
    await subject.deliver(sampleCompleted(order));
    await refund(refundId, 10_000);
    const event = refundEventOf(order, refundId);
    for (let delivery = 1; delivery <= 3; delivery += 1) await subject.deliver(event);
    const row = await rowOf(order);
    expect(row).toMatchObject({ refunds: { [refundId]: 10_000 } });
    expect(row).not.toHaveProperty('accessRevokedAt');
    const { transactionId } = order.row;
    expect(Object.keys((await subject.checkout())?.paid ?? {})).toEqual([transactionId]);
    expect(subject.platform.counted('RefundRecorded')).toBe(1);
    expect(subject.platform.counted('AccessRevoked')).toBe(0);
    expect(await subject.attention(transactionId)).toEqual([
      {
        reason: 'PARTIAL_REFUND',
        since: event.detail.metadata.occurredAt,
        detail: `refund ${refundId} over 10000 paisa`,
      },
    ]);
    expect(warnings()).toContainEqual({
      level: 'warn',
      message: 'order needs attention',
      fields: {
        transactionId,
        eventId: event.detail.metadata.eventId,
        refundId,
        attention: 'PARTIAL_REFUND',
        why: 'less than the amount of the order',
      },
    });
  });

  it.each([
    ['one after the other', false],
    ['at once', true],
  ])('takes access back with the one that completes the amount: %s', async (_how, atOnce) => {
    await subject.deliver(sampleCompleted(order));
    const ids = ['a', 'b', 'c'].map((part) => `${refundId}${part}`);
    const amounts = [10_000, 9_900, 10_000];
    for (const [index, id] of ids.entries()) await refund(id, amounts[index] ?? 0);
    const events = ids.map((id) => refundEventOf(order, id));
    if (atOnce) await subject.deliver(...events);
    else for (const event of events) await subject.deliver(event);
    expect(await rowOf(order)).toMatchObject({
      refunds: Object.fromEntries(ids.map((id, index) => [id, amounts[index]])),
      accessRevokedAt: expect.any(String),
    });
    expect((await subject.checkout())?.paid).toEqual({});
    expect(await subject.attention(order.row.transactionId)).toEqual([]);
    expect(subject.platform.counted('RefundRecorded')).toBe(3);
    expect(subject.platform.counted('AccessRevoked')).toBe(1);
  });
});
