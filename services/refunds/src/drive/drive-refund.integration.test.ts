import type { Order } from '@cloudnestle/payments/order';
import { buildRefundRequestedEvent } from '@cloudnestle/payments/refunds/build-refund-events';
import { describe, expect } from 'vitest';
import { idIn, it, type Subject } from '../testing/subject.ts';

const HOUR = 3600;

it.beforeEach(({ gateway }) => {
  // It stays pending until the test ends it, and only asking tells of it.
  gateway.sandbox.refundRules.set({ delayMs: null, webhook: 'lose', statusBody: 'all' });
});
it.afterEach(({ cloud, gateway }) => {
  cloud.cloud.intercept(undefined);
  gateway.sandbox.faults.clear();
});

async function reserve(subject: Subject, body: Record<string, unknown> = {}) {
  const order = await subject.addOrder();
  const refundId = idIn(await subject.ask(order, body));
  return { order, refundId, transactionId: order.row.transactionId };
}

const requestedOf = (order: Order, refundId: string) =>
  buildRefundRequestedEvent(
    {
      refundId,
      transactionId: order.row.transactionId,
      amountInPaisa: 29_900,
      reason: 'BUYER_REQUEST',
      origin: 'OPERATOR',
      requestedAt: '2025-11-24T09:00:00.000Z',
    },
    { producer: 'refunds', causationId: 'c' },
  );

/** What the books hear of one refund. */
async function heardOf(subject: Subject, refundId: string, count: number) {
  const events = await subject.heard(count);
  return events.filter(({ data }) => data.refundId === refundId);
}

it('is sent once by its event, however often that is delivered, and once by the sweep without it', async ({
  gateway,
  subject,
}) => {
  const { order, refundId } = await reserve(subject);
  const other = await reserve(subject);
  const before = gateway.sandbox.calls.refund;
  const event = requestedOf(order, refundId);
  await subject.deliver(event);
  for (let delivery = 2; delivery <= 4; delivery += 1) await subject.deliver(event);
  expect(gateway.sandbox.calls.refund).toBe(before + 1);
  expect(await subject.refund(refundId)).toMatchObject({ state: 'PENDING', submissions: 1 });
  await subject.sweepAt(59);
  expect(await subject.refund(other.refundId)).toMatchObject({ state: 'RESERVED' });
  await subject.sweepAt(60);
  expect(await subject.refund(other.refundId)).toMatchObject({ state: 'PENDING' });
  expect(gateway.sandbox.refunds.get(other.refundId)).toMatchObject({ amountInPaisa: 29_900 });
});

it('tells its end until the order’s row shows it, each time as the same fact', async ({
  gateway,
  subject,
}) => {
  const { transactionId, refundId } = await reserve(subject, { amountInPaisa: 10_000 });
  await subject.sweepAt(60);
  gateway.sandbox.finishRefund(refundId, { outcome: 'COMPLETED', webhook: 'lose' });
  await subject.sweepAt(90);
  await subject.sweepAt(150);
  const heard = await heardOf(subject, refundId, 2);
  expect(heard.map(({ detailType }) => detailType)).toEqual(['PaymentRefunded', 'PaymentRefunded']);
  expect(new Set(heard.map(({ eventId }) => eventId)).size).toBe(1);
  expect(heard[0]?.data).toMatchObject({
    transactionId,
    amountInPaisa: 10_000,
    totalRefundedInPaisa: 10_000,
    isFull: false,
    reason: 'BUYER_REQUEST',
    origin: 'OPERATOR',
    gatewayRefundId: expect.stringMatching(/^OMR/),
  });
  await subject.keepOnRow(transactionId, refundId, 10_000);
  await subject.sweepAt(HOUR);
  expect(await subject.refund(refundId)).not.toHaveProperty('openShard');
  expect(subject.platform.counted('RefundCompleted')).toBe(1);
});

describe('a call whose answer says too little', () => {
  it.for([
    ['a reset after it happened', { kind: 'reset', afterEffect: true }, 1],
    ['nonsense after it happened', { kind: 'malformed', afterEffect: true }, 1],
    [
      'an error of the gateway after it happened',
      { kind: 'status', status: 500, afterEffect: true },
      1,
    ],
    ['a reset before it happened', { kind: 'reset' }, 2],
    ['an error of the gateway', { kind: 'status', status: 503 }, 2],
    ['wrong credentials, put right later', { kind: 'status', status: 403 }, 2],
  ] as const)(
    '%s: the status decides, and it is paid back once',
    async ([_what, fault, submissions], { gateway, subject }) => {
      const { refundId } = await reserve(subject);
      gateway.sandbox.faults.set([{ operation: 'refund', ...fault }]);
      const before = gateway.sandbox.calls.refund;
      await subject.sweepAt(60);
      expect(await subject.refund(refundId)).toMatchObject({
        state: submissions === 1 ? 'PENDING' : 'SUBMITTED',
      });
      // Within the minute nothing is sent, however often it is looked at.
      for (const second of [80, 100, 119]) await subject.sweepAt(second);
      expect(gateway.sandbox.calls.refund).toBe(before + 1);
      await subject.sweepAt(121);
      await subject.sweepAt(181);
      expect(gateway.sandbox.calls.refund).toBe(before + submissions);
      expect(await subject.refund(refundId)).toMatchObject({ state: 'PENDING', submissions });
      const there = gateway.sandbox.refunds
        .list()
        .filter((each) => each.merchantRefundId === refundId);
      expect(there).toHaveLength(1);
    },
  );

  it('a gateway that cannot be asked either: nothing is sent again until it can', async ({
    gateway,
    subject,
  }) => {
    const { refundId } = await reserve(subject);
    gateway.sandbox.faults.set([
      { operation: 'refund', kind: 'reset', count: null },
      { operation: 'refundStatus', kind: 'status', status: 503, count: null },
    ]);
    const before = gateway.sandbox.calls.refund;
    for (const minute of [1, 2, 5, 30]) await subject.sweepAt(minute * 60);
    expect(gateway.sandbox.calls.refund).toBe(before + 1);
    expect(await subject.refund(refundId)).toMatchObject({
      state: 'SUBMITTED',
      lastAnswer: expect.stringContaining('the gateway cannot be asked'),
    });
    gateway.sandbox.faults.clear();
    await subject.sweepAt(2 * HOUR);
    await subject.sweepAt(2 * HOUR + 60);
    expect(await subject.refund(refundId)).toMatchObject({ state: 'PENDING', submissions: 2 });
  });
});

it('fails with the gateway’s code where it refuses, after its status has twice not known it', async ({
  gateway,
  subject,
}) => {
  const { refundId, transactionId } = await reserve(subject);
  gateway.sandbox.refundRules.set({ balance: 0, lowBalance: 'refused' });
  const before = gateway.sandbox.calls.refund;
  await subject.sweepAt(60);
  expect(await subject.refund(refundId)).toMatchObject({ state: 'SUBMITTED' });
  await subject.sweepAt(120);
  expect(gateway.sandbox.calls.refund).toBe(before + 1);
  expect(await subject.refund(refundId)).toMatchObject({
    state: 'FAILED',
    detailedErrorCode: 'BF_034',
  });
  const [told] = await heardOf(subject, refundId, 1);
  expect(told).toMatchObject({
    detailType: 'RefundFailed',
    data: { transactionId, detailedErrorCode: 'BF_034', gatewayState: 'REFUSED' },
  });
  gateway.sandbox.refundRules.set({ balance: 'ample', lowBalance: 'fails' });
});

describe('the gateway’s word', () => {
  it.for(['all', 'documented', 'clients', 'newest'] as const)(
    'is read in the body that is called %s',
    async (statusBody, { gateway, subject }) => {
      gateway.sandbox.refundRules.set({ statusBody });
      const { refundId } = await reserve(subject);
      await subject.sweepAt(60);
      gateway.sandbox.finishRefund(refundId, { outcome: 'FAILED', webhook: 'lose' });
      await subject.sweepAt(90);
      expect(await subject.refund(refundId)).toMatchObject({
        state: 'FAILED',
        gatewayRefundId: expect.any(String),
        failedAt: expect.any(String),
      });
    },
  );

  it('of ten days without an end needs an operator, is asked about on, and ends all the same', async ({
    gateway,
    subject,
  }) => {
    const { refundId } = await reserve(subject);
    await subject.sweepAt(60);
    await subject.sweepAt(60 + 240 * HOUR);
    await subject.sweepAt(60 + 246 * HOUR);
    const doubts = await heardOf(subject, refundId, 2);
    expect(new Set(doubts.map(({ eventId }) => eventId)).size).toBe(1);
    expect(doubts[0]).toMatchObject({
      detailType: 'RefundInDoubt',
      data: { doubt: 'the gateway has not ended it for ten days' },
    });
    gateway.sandbox.finishRefund(refundId, { outcome: 'COMPLETED', webhook: 'lose' });
    await subject.sweepAt(60 + 252 * HOUR);
    const refund = await subject.refund(refundId);
    expect(refund).toMatchObject({ state: 'COMPLETED' });
    expect(refund).not.toHaveProperty('doubt');
  });

  it('is asked for ever more rarely', async ({ gateway, subject }) => {
    const { refundId } = await reserve(subject);
    await subject.sweepAt(60);
    const seconds = [29, 30, 60, 119, 120, 599, 600, 3599, HOUR, 7 * HOUR - 1, 7 * HOUR];
    const asked: number[] = [];
    for (const second of seconds) {
      const before = await subject.refund(refundId);
      await subject.sweepAt(60 + second);
      const after = await subject.refund(refundId);
      if (after?.updatedAt !== before?.updatedAt) asked.push(second);
    }
    expect(asked).toEqual([30, 120, 600, HOUR, 7 * HOUR]);
    expect(gateway.sandbox.refunds.get(refundId)).toMatchObject({ state: 'PENDING' });
  });
});

it('publishes its end later where the bus does not take it', async ({
  cloud,
  gateway,
  subject,
}) => {
  const { refundId } = await reserve(subject);
  await subject.sweepAt(60);
  gateway.sandbox.finishRefund(refundId, { outcome: 'COMPLETED', webhook: 'lose' });
  cloud.cloud.intercept(({ operation }) =>
    operation === 'PutEvents' ? { partialFailure: true } : undefined,
  );
  await subject.sweepAt(90);
  cloud.cloud.intercept(undefined);
  expect(await subject.refund(refundId)).toMatchObject({ state: 'COMPLETED' });
  expect(await subject.refund(refundId)).not.toHaveProperty('endTold');
  await subject.sweepAt(150);
  expect(await heardOf(subject, refundId, 1)).toMatchObject([{ detailType: 'PaymentRefunded' }]);
});

it('says how many are open, how many stand still, and what went back today', async ({
  gateway,
  subject,
}) => {
  const { refundId } = await reserve(subject);
  gateway.sandbox.faults.set([
    { operation: 'refund', kind: 'reset', count: null },
    { operation: 'refundStatus', kind: 'reset', count: null },
  ]);
  await subject.sweepAt(60);
  expect(subject.platform.gauged('RefundsStandingStill')).toBe(0);
  await subject.sweepAt(60 + HOUR);
  expect(subject.platform.gauged('RefundsStandingStill')).toBeGreaterThan(0);
  expect(subject.platform.gauged('RefundsOpen')).toBeGreaterThan(0);
  expect(subject.platform.counted('RefundSweepFinished')).toBe(2);
  expect(subject.platform.gauged('RefundedTodayInRupees')).toBeTypeOf('number');
  expect(await subject.refund(refundId)).toMatchObject({ state: 'SUBMITTED' });
});

it('sets free what a claimant of before has set aside beside a refusal', async ({ subject }) => {
  const order = await subject.addOrder({ refunds: { 'R-1': 29_900 } });
  const { transactionId } = order.row;
  const refundId = idIn(await subject.ask(order));
  await subject.holdOnRow(transactionId, refundId, 500);
  await subject.sweepAt(540);
  expect(await subject.row(transactionId)).toMatchObject({ refundHolds: { [refundId]: 500 } });
  await subject.sweepAt(600);
  expect(await subject.row(transactionId)).toMatchObject({ refundHolds: {} });
  expect(await subject.refund(refundId)).not.toHaveProperty('openShard');
});
