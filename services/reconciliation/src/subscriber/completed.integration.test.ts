import { sampleCompleted } from '@cloudnestle/test-kit/samples';
import { expect } from 'vitest';
import { createSubject, it } from './testing/subject.ts';

it('writes everything the gateway told, with two reads and two writes', async ({
  cloud,
  subject,
}) => {
  const order = await subject.addOrder();
  const event = sampleCompleted(order);
  cloud.cloud.calls.reset();
  expect(await subject.deliver(event)).toEqual({ batchItemFailures: [] });
  expect(cloud.cloud.calls.snapshot()).toEqual({ 'dynamodb:GetItem': 2, 'dynamodb:UpdateItem': 2 });
  const { transactionId, merchantOrderId } = order.row;
  expect(await subject.row(transactionId)).toEqual({
    ...order.row,
    status: 'COMPLETED',
    completedAt: '2025-11-23T10:00:00.000Z',
    paymentState: 'COMPLETED',
    webhookEvent: 'checkout.order.completed',
    phonepe_status: 'COMPLETED',
    phonepe_transaction_id: `OM-${merchantOrderId}`,
    phonepe_timestamp: '2025-11-23T10:00:00.000Z',
    payment_mode: 'UPI',
    utr: '123456789012',
    upi_transaction_id: 'UPI123456',
    vpa: 'user@paytm',
    settlement_status: 'ELIGIBLE',
    settlement_date: '2025-11-25',
    history: {
      [event.detail.metadata.eventId]: { what: 'completed', at: '2025-11-23T10:00:00.000Z' },
    },
    nextCheckAt: '2025-11-23T10:05:00.000Z',
    toldBy: { paid: `${event.detail.metadata.eventId} test` },
    last_sync: expect.any(String),
    recordedAt: expect.any(String),
    updatedAt: expect.any(String),
  });
  expect(await subject.checkout()).toEqual({
    checkoutKey: `${subject.userId}#pro`,
    paid: { [transactionId]: '2025-11-23T10:00:00.000Z' },
  });
  expect(subject.platform.summaries()).toEqual([
    expect.objectContaining({ unit: 'reconciliation', outcome: 'applied' }),
  ]);
  expect(JSON.stringify(subject.platform.lines)).not.toMatch(/@|123456789012|UPI123456/);
});

it('writes once, however often the payment is delivered', async ({ subject }) => {
  const order = await subject.addOrder();
  await subject.deliver(sampleCompleted(order));
  const first = await subject.row(order.row.transactionId);
  for (let delivery = 2; delivery <= 5; delivery += 1)
    await subject.deliver(sampleCompleted(order));
  expect(await subject.row(order.row.transactionId)).toEqual(first);
});

it('ends in one state under twenty concurrent deliveries', async ({ subject }) => {
  const order = await subject.addOrder();
  const deliveries = Array.from({ length: 20 }, () => subject.deliver(sampleCompleted(order)));
  const answers = await Promise.all(deliveries);
  expect(answers.flatMap((answer) => answer.batchItemFailures)).toEqual([]);
  expect(await subject.row(order.row.transactionId)).toMatchObject({
    status: 'COMPLETED',
    utr: '123456789012',
  });
  expect(await subject.attention(order.row.transactionId)).toEqual([]);
});

it.for([
  ['first', false],
  ['second', true],
] as const)(
  'keeps what the webhook knew when the sweep, which knew less, comes %s',
  async ([_when, later], { subject }) => {
    const order = await subject.addOrder();
    const told = sampleCompleted(order);
    const { instrument: _i, gatewayTransactionId: _t, ...poorer } = told.detail.data;
    const swept = {
      ...told,
      detail: { ...told.detail, data: { ...poorer, gatewayEvent: 'sweep' } },
    };
    await subject.deliver(later ? told : swept);
    await subject.deliver(later ? swept : told);
    expect(await subject.row(order.row.transactionId)).toMatchObject({
      webhookEvent: 'checkout.order.completed',
      phonepe_transaction_id: `OM-${order.row.merchantOrderId}`,
      utr: '123456789012',
      vpa: 'user@paytm',
    });
  },
);

it('completes a row of the replaced system: no history, plan or keys, times without milliseconds', async ({
  subject,
}) => {
  const order = await subject.addOrder({
    history: undefined,
    plan: undefined,
    currency: undefined,
    dayShard: undefined,
    openShard: undefined,
    nextCheckAt: undefined,
    createdAt: '2025-11-23T09:00:00Z',
    expiresAt: '2025-11-23T09:30:00Z',
  });
  const event = sampleCompleted(order);
  await subject.deliver(event);
  expect(await subject.row(order.row.transactionId)).toMatchObject({
    status: 'COMPLETED',
    createdAt: '2025-11-23T09:00:00Z',
    dayShard: '2025-11-23#0',
    openShard: 'OPEN#0',
    nextCheckAt: '2025-11-23T10:05:00.000Z',
    history: { [event.detail.metadata.eventId]: expect.anything() },
  });
});

it('records the status of an order whose access was taken back, and counts it as no payment', async ({
  subject,
}) => {
  const order = await subject.addOrder({ accessRevokedAt: '2025-11-24T00:00:00.000Z' });
  await subject.deliver(sampleCompleted(order));
  expect(await subject.row(order.row.transactionId)).toMatchObject({ status: 'COMPLETED' });
  expect(await subject.checkout()).toBeUndefined();
  expect(subject.platform.summaries()).toEqual([
    expect.objectContaining({ outcome: 'skipped: revoked' }),
  ]);
});

it('counts the looks at a payment’s effects anew when the order completes again', async ({
  cloud,
  subject,
}) => {
  const order = await subject.addOrder({ effectsRepublished: 4 });
  const { transactionId } = order.row;
  await subject.deliver(sampleCompleted(order));
  expect(await subject.row(transactionId)).not.toHaveProperty('effectsRepublished');
  await cloud.put('transactions', { ...(await subject.row(transactionId)), effectsRepublished: 1 });
  await subject.deliver(sampleCompleted(order));
  expect(await subject.row(transactionId)).toMatchObject({ effectsRepublished: 1 });
});

it('does not reopen an order that the sweep has closed', async ({ cloud, subject }) => {
  const order = await subject.addOrder();
  await subject.deliver(sampleCompleted(order));
  const {
    openShard: _o,
    nextCheckAt: _n,
    ...closed
  } = (await subject.row(order.row.transactionId)) ?? {};
  await cloud.put('transactions', closed);
  await subject.deliver(sampleCompleted(order));
  expect(await subject.row(order.row.transactionId)).toEqual(closed);
});

it('expects no settlement on a configured bank holiday', async ({ cloud }) => {
  const configured = createSubject(cloud, { BANK_HOLIDAYS: '["2025-11-25"]' });
  const order = await configured.addOrder();
  await configured.deliver(sampleCompleted(order));
  expect(await configured.row(order.row.transactionId)).toMatchObject({
    settlement_date: '2025-11-26',
  });
});
