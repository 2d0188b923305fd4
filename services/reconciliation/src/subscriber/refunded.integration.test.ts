import type { Order } from '@cloudnestle/payments/order';
import { sampleCompleted, sampleRefunded } from '@cloudnestle/test-kit/samples';
import { describe, expect } from 'vitest';
import { it, type Subject } from './testing/subject.ts';

let order: Order;
let refundId: string;
let refunds = 0;

it.beforeEach(async ({ subject }) => {
  refunds += 1;
  refundId = `R-${refunds}`;
  order = await subject.addOrder();
});

const refunded = (changes: Parameters<typeof sampleRefunded>[1] = {}) =>
  sampleRefunded(order, { refundId, ...changes });
const rowOf = (subject: Subject, { row }: Order) => subject.row(row.transactionId);
const warnings = (subject: Subject) =>
  subject.platform.lines.filter(({ level }) => level === 'warn');

describe('a refund of the whole amount', () => {
  it('is kept, takes access back and the payment out of the paid ones, and changes nothing else', async ({
    subject,
  }) => {
    await subject.deliver(sampleCompleted(order));
    const before = await rowOf(subject, order);
    const event = refunded();
    expect(await subject.deliver(event)).toEqual({ batchItemFailures: [] });
    const { eventId } = event.detail.metadata;
    expect(await rowOf(subject, order)).toEqual({
      ...before,
      refunds: { [refundId]: 29_900 },
      refundVersion: 1,
      accessRevokedAt: expect.any(String),
      accessEndReason: 'REFUNDED',
      // The sweep looks whether the buyer holds it no more.
      nextCheckAt: expect.any(String),
      toldBy: {
        paid: expect.any(String),
        [`refund ${refundId}`]: `${eventId} test`,
        revoked: `${eventId} test`,
      },
      history: expect.objectContaining({
        [eventId]: { what: 'refund: COMPLETED', at: '2025-11-24T08:00:00.000Z' },
      }),
      updatedAt: expect.any(String),
      last_sync: expect.any(String),
    });
    expect((await subject.checkout())?.paid).toEqual({});
    const { transactionId } = order.row;
    expect(warnings(subject)).toEqual([
      {
        level: 'warn',
        message: 'access revoked',
        fields: { transactionId, eventId, refundId },
      },
    ]);
  });

  it('is counted once, however often it is delivered', async ({ subject }) => {
    await subject.deliver(sampleCompleted(order));
    await subject.deliver(refunded());
    const first = await rowOf(subject, order);
    for (let delivery = 2; delivery <= 5; delivery += 1) {
      await subject.deliver(refunded());
    }
    expect(await rowOf(subject, order)).toEqual(first);
    expect(subject.platform.counted('RefundRecorded')).toBe(1);
    expect(subject.platform.counted('AccessRevoked')).toBe(1);
    expect(await subject.attention(order.row.transactionId)).toEqual([]);
  });

  it('may come before its payment is recorded: that payment then gives nothing', async ({
    subject,
  }) => {
    await subject.deliver(refunded());
    await subject.deliver(sampleCompleted(order));
    expect(await rowOf(subject, order)).toMatchObject({
      status: 'COMPLETED',
      refunds: { [refundId]: 29_900 },
      accessRevokedAt: expect.any(String),
    });
    expect((await subject.checkout())?.paid ?? {}).toEqual({});
    expect(subject.platform.summaries().at(-1)).toMatchObject({ outcome: 'skipped: revoked' });
  });

  it('is not undone by a replay of the payment', async ({ subject }) => {
    await subject.deliver(sampleCompleted(order));
    await subject.deliver(refunded());
    const before = await rowOf(subject, order);
    await subject.deliver(sampleCompleted(order));
    expect(await rowOf(subject, order)).toEqual(before);
    expect((await subject.checkout())?.paid).toEqual({});
  });

  it('of a row of the replaced system, without history, is kept as well', async ({ subject }) => {
    const old = await subject.addOrder({ history: undefined, plan: undefined });
    await subject.deliver(sampleRefunded(old, { refundId }));
    expect(await rowOf(subject, old)).toMatchObject({
      refunds: { [refundId]: 29_900 },
      accessRevokedAt: expect.any(String),
      history: expect.any(Object),
    });
  });
});

describe('a refund of a part', () => {
  it('that was made in the gateway’s dashboard is kept and left to an operator, and access stays', async ({
    subject,
  }) => {
    await subject.deliver(sampleCompleted(order));
    const event = refunded({ amountInPaisa: 10_000, origin: 'GATEWAY' });
    for (let delivery = 1; delivery <= 3; delivery += 1) await subject.deliver(event);
    const row = await rowOf(subject, order);
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
    expect(warnings(subject)).toContainEqual({
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

  it.for([
    ['one after the other', false],
    ['at once', true],
  ] as const)(
    'takes access back with the one that completes the amount: %s',
    async ([_how, atOnce], { subject }) => {
      await subject.deliver(sampleCompleted(order));
      const ids = ['a', 'b', 'c'].map((part) => `${refundId}${part}`);
      const amounts = [10_000, 9_900, 10_000];
      const events = ids.map((id, index) =>
        refunded({ refundId: id, amountInPaisa: amounts[index] ?? 0 }),
      );
      if (atOnce) await subject.deliver(...events);
      else for (const event of events) await subject.deliver(event);
      expect(await rowOf(subject, order)).toMatchObject({
        refunds: Object.fromEntries(ids.map((id, index) => [id, amounts[index]])),
        accessRevokedAt: expect.any(String),
      });
      expect((await subject.checkout())?.paid).toEqual({});
      expect(await subject.attention(order.row.transactionId)).toEqual([]);
      expect(subject.platform.counted('RefundRecorded')).toBe(3);
      expect(subject.platform.counted('AccessRevoked')).toBe(1);
    },
  );
});
