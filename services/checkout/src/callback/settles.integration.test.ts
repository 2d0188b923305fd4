import { callbackResponseSchema } from '@cloudnestle/contracts/http/callback';
import { waitFor } from '@cloudnestle/test-kit/wait-for';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Returns, startReturns } from './testing/start-returns.ts';

let returns: Returns;
beforeAll(async () => {
  returns = await startReturns();
});
beforeEach(() => returns.reset());
afterAll(() => returns.stop());

const asked = () => returns.gateway.sandbox.calls.status;

test('a paid order whose webhook was lost is COMPLETED, and every subscriber hears of it', async () => {
  const row = await returns.place({}, { outcome: 'COMPLETED' });
  const { platform, announce } = returns.open();
  const { statusCode, body } = await announce(row);
  expect(statusCode).toBe(200);
  expect(body).toEqual({
    success: true,
    transactionId: row.transactionId,
    merchantOrderId: row.merchantOrderId,
    status: 'COMPLETED',
    requestId: expect.any(String),
  });
  expect(callbackResponseSchema.safeParse(body).success).toBe(true);
  expect(await returns.findEvent(row)).toMatchObject({
    'detail-type': 'PaymentCompleted',
    detail: {
      metadata: { producer: 'checkout', causationId: body.requestId },
      data: { gatewayEvent: 'browser.return', userId: row.userId, amountInPaisa: row.amount },
    },
  });
  expect(platform.counted('PaymentCompletedPublished')).toBe(1);
  expect(platform.summaries()).toEqual([
    expect.objectContaining({
      unit: 'callback',
      outcome: 'COMPLETED',
      statusCode: 200,
      gatewayState: 'COMPLETED',
      transactionId: row.transactionId,
      merchantOrderId: row.merchantOrderId,
    }),
  ]);
});

test.each([
  ['declined', 'FAILED', 'DECLINED'],
  ['cancelled', 'CANCELLED', 'CANCELLED'],
  ['expired', 'EXPIRED', 'EXPIRED'],
] as const)(
  'an order that was %s is FAILED, and said on the bus',
  async (_name, outcome, reason) => {
    const row = await returns.place({}, { outcome });
    const { platform, announce } = returns.open();
    expect((await announce(row)).body.status).toBe('FAILED');
    expect(await returns.findEvent(row)).toMatchObject({
      'detail-type': 'PaymentFailed',
      detail: { data: { reason } },
    });
    expect(platform.counted('PaymentFailedPublished')).toBe(1);
  },
);

test('an order that is not paid is PENDING, whatever query and body claim', async () => {
  const row = await returns.place();
  const claims = {
    status: 'success',
    code: 'PAYMENT_SUCCESS',
    state: 'COMPLETED',
    amount: '29900',
  };
  const { platform, call } = returns.open();
  const { transactionId } = row;
  const { body } = await call({ query: { transactionId, ...claims }, body: claims });
  expect(body.status).toBe('PENDING');
  expect(returns.countPublished()).toBe(0);
  expect(await returns.rowOf(row)).toMatchObject({ status: 'PENDING' });
  expect(platform.summaries()[0]).toMatchObject({ outcome: 'PENDING', gatewayState: 'PENDING' });
});

test('an order that the gateway does not know is PENDING', async () => {
  const row = await returns.place();
  const unknown = { ...row, transactionId: 'txn_MP-lost-1', merchantOrderId: 'MP-lost-1' };
  await returns.cloud.put('transactions', unknown);
  const { platform, announce } = returns.open();
  expect((await announce(unknown)).body.status).toBe('PENDING');
  expect(platform.summaries()[0]).toMatchObject({ gatewayState: 'NOT_FOUND' });
  expect(returns.countPublished()).toBe(0);
});

test('an amount that does not fit is PENDING, and said on the bus for an operator to look', async () => {
  const row = await returns.place({}, { outcome: 'COMPLETED', amountInPaisa: 100 });
  const { platform, announce } = returns.open();
  expect((await announce(row)).body.status).toBe('PENDING');
  expect(await returns.findEvent(row)).toMatchObject({
    'detail-type': 'GatewayEventReceived',
    detail: { data: { kind: 'mismatch' } },
  });
  expect(platform.counted('PaymentCompletedPublished')).toBe(0);
});

describe('a failed order', () => {
  test('that expired here and was paid after all is COMPLETED and published', async () => {
    const failed = { status: 'FAILED', failureReason: 'EXPIRED' } as const;
    const row = await returns.place(failed, { outcome: 'COMPLETED' });
    expect((await returns.open().announce(row)).body.status).toBe('COMPLETED');
    expect(await returns.findEvent(row)).toMatchObject({ 'detail-type': 'PaymentCompleted' });
  });

  test('stays FAILED, and is not announced again where the gateway only confirms it', async () => {
    const failed = { status: 'FAILED', failureReason: 'DECLINED' } as const;
    const row = await returns.place(failed, { outcome: 'FAILED' });
    expect((await returns.open().announce(row)).body.status).toBe('FAILED');
    expect(returns.countPublished()).toBe(0);
  });

  test('stays FAILED while the gateway has no other word', async () => {
    const row = await returns.place({ status: 'FAILED', failureReason: 'EXPIRED' });
    expect((await returns.open().announce(row)).body.status).toBe('FAILED');
  });

  test('is COMPLETED where money came in while the gateway was still saying otherwise', async () => {
    const row = await returns.place({}, { outcome: 'FAILED' });
    const before = asked();
    returns.gateway.sandbox.faults.set([{ operation: 'status', kind: 'latency', latencyMs: 200 }]);
    const answer = returns.open().announce(row);
    await waitFor('the gateway is asked', () => asked() > before);
    await returns.cloud.put('transactions', { ...row, status: 'COMPLETED' });
    expect((await answer).body.status).toBe('COMPLETED');
  });
});

describe('no gateway is asked, and one read is all it costs, about', () => {
  test('a paid order', async () => {
    const row = await returns.place({ status: 'COMPLETED' }, { outcome: 'FAILED' });
    await expectAnsweredFromRow(row, 'COMPLETED');
  });

  async function expectAnsweredFromRow(row: Parameters<Returns['rowOf']>[0], status: string) {
    const before = asked();
    returns.cloud.cloud.calls.reset();
    const { platform, announce } = returns.open();
    const { statusCode, body } = await announce(row);
    expect({ statusCode, status: body.status }).toEqual({ statusCode: 200, status });
    expect(asked()).toBe(before);
    expect(returns.cloud.cloud.calls.snapshot()).toEqual({ 'dynamodb:GetItem': 1 });
    expect(platform.summaries()[0]).not.toHaveProperty('gatewayState');
  }
});

test.each(['PENDING', 'FAILED'] as const)(
  'a %s order that needs an operator is asked about, too: an answer that fits is COMPLETED and ends that',
  async (status) => {
    const attention = { MISMATCH: { since: '2025-11-23T09:05:00.000Z' } };
    const row = await returns.place({ status, attention }, { outcome: 'COMPLETED' });
    expect((await returns.open().announce(row)).body.status).toBe('COMPLETED');
    expect(await returns.findEvent(row)).toMatchObject({ 'detail-type': 'PaymentCompleted' });
  },
);

test('an order of the replaced system, without plan and milliseconds, is settled like any other', async () => {
  const row = await returns.place({}, { outcome: 'COMPLETED' });
  const { plan, currency, history, ...old } = row;
  await returns.cloud.put('transactions', { ...old, createdAt: '2025-11-23T09:00:00Z' });
  expect((await returns.open().announce(row)).body.status).toBe('COMPLETED');
  expect(await returns.findEvent(row)).toMatchObject({ 'detail-type': 'PaymentCompleted' });
});
