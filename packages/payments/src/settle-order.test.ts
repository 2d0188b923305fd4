import type { EventToPublish } from '@cloudnestle/contracts/event';
import { describe, expect, it } from 'vitest';
import { buildCatalogue } from './catalogue.ts';
import type { OrderStatus, OrderStatusAnswer, PaymentGateway } from './gateway.ts';
import { readOrder } from './order.ts';
import type { PublishAnswer } from './publish.ts';
import { type SettleOptions, settleOrder } from './settle-order.ts';

const catalogue = buildCatalogue({ solutionId: 'some-solution' });
const row = {
  transactionId: 'txn_MP-u-1732356000-abc123',
  merchantOrderId: 'MP-u-1732356000-abc123',
  userId: 'u',
  userEmail: 'u@example.com',
  tier: 'pro',
  amount: 29_900,
  status: 'PENDING',
  createdAt: '2025-11-23T09:00:00Z',
  expiresAt: '2025-11-23T09:30:00Z',
};
const paid: OrderStatus = {
  state: 'COMPLETED',
  gatewayState: 'COMPLETED',
  gatewayOrderId: 'OMO1',
  amountInPaisa: 29_900,
  isOurs: true,
  attempts: [
    { state: 'FAILED', at: '2025-11-23T09:05:00.000Z', gatewayTransactionId: 'OM-failed' },
    { state: 'COMPLETED', at: '2025-11-23T09:12:00.000Z', gatewayTransactionId: 'OM-second' },
    { state: 'COMPLETED', at: '2025-11-23T09:10:00.000Z', gatewayTransactionId: 'OM-first' },
  ],
};

async function settle(
  answer: OrderStatusAnswer,
  options: {
    now?: string;
    publishAnswer?: PublishAnswer;
    row?: Record<string, unknown>;
    settle?: Partial<SettleOptions>;
  } = {},
) {
  const read = readOrder({ ...row, ...options.row }, catalogue);
  if (read.kind !== 'order') throw new Error(read.reason);
  const published: EventToPublish[] = [];
  const gateway: PaymentGateway = {
    name: 'some-gateway',
    createOrder: () => Promise.reject(new Error('not asked')),
    refundStatus: () => Promise.reject(new Error('not asked')),
    readWebhook: () => Promise.reject(new Error('not asked')),
    orderStatus: () => Promise.resolve(answer),
  };
  const settlement = await settleOrder(
    {
      gateway,
      now: () => new Date(options.now ?? '2025-11-23T09:15:00Z'),
      publish: async (event) => {
        published.push(event);
        return options.publishAnswer ?? { kind: 'published' };
      },
    },
    read.order,
    { producer: 'test', causationId: 'cause', gatewayEvent: 'some.event' },
    { timeoutMs: 100, ...options.settle },
  );
  return { settlement, published };
}

describe('a paid order', () => {
  it('is published with the earliest completed attempt, and identity and amount from our row', async () => {
    const { settlement, published } = await settle({ kind: 'found', ...paid });
    expect(settlement.kind).toBe('completed');
    expect(published).toHaveLength(1);
    expect(published[0]?.detail).toMatchObject({
      metadata: { occurredAt: '2025-11-23T09:10:00.000Z', correlationId: row.transactionId },
      data: {
        userId: 'u',
        userEmail: 'u@example.com',
        amountInPaisa: 29_900,
        completedAt: '2025-11-23T09:10:00.000Z',
        gatewayTransactionId: 'OM-first',
        gateway: 'some-gateway',
      },
    });
  });

  it('has the same event id whoever asks and whenever', async () => {
    const first = await settle({ kind: 'found', ...paid });
    const second = await settle({ kind: 'found', ...paid }, { now: '2025-11-24T09:15:00Z' });
    expect(first.published[0]?.detail.metadata.eventId).toBe(
      second.published[0]?.detail.metadata.eventId,
    );
  });

  it('takes the time of the order where no attempt has one', async () => {
    const { settlement } = await settle({
      kind: 'found',
      ...paid,
      attempts: [{ state: 'COMPLETED' }],
    });
    expect(settlement).toMatchObject({
      event: { detail: { data: { completedAt: '2025-11-23T09:00:00.000Z' } } },
    });
  });

  it('is no success for the caller while the bus has not got it', async () => {
    const { settlement } = await settle(
      { kind: 'found', ...paid },
      { publishAnswer: { kind: 'failed', reason: 'full' } },
    );
    expect(settlement).toEqual({ kind: 'publishFailed', reason: 'full' });
  });
});

describe('what does not fit', () => {
  it.each([
    ['another amount', { amountInPaisa: 100 }],
    ['another merchant or order', { isOurs: false }],
  ])('grants nothing and is said on the bus: %s', async (_what, difference) => {
    const { settlement, published } = await settle({ kind: 'found', ...paid, ...difference });
    expect(settlement.kind).toBe('mismatch');
    expect(published.map((event) => event.detailType)).toEqual(['GatewayEventReceived']);
  });
});

describe('an order that ended unpaid', () => {
  const failed: OrderStatus = {
    ...paid,
    state: 'FAILED',
    gatewayState: 'FAILED',
    failure: 'DECLINED',
    attempts: [
      { state: 'FAILED', at: '2025-11-23T09:07:00.000Z' },
      { state: 'FAILED', at: '2025-11-23T09:05:00.000Z' },
      { state: 'FAILED' },
    ],
  };

  it('is dated by its latest attempt', async () => {
    const { settlement } = await settle({ kind: 'found', ...failed });
    expect(settlement).toMatchObject({
      kind: 'failed',
      event: {
        detail: {
          data: { failedAt: '2025-11-23T09:07:00.000Z', reason: 'DECLINED', attempted: true },
        },
      },
    });
  });

  it('is dated by its expiry where nobody tried', async () => {
    const { settlement } = await settle({
      kind: 'found',
      ...failed,
      failure: 'EXPIRED',
      attempts: [],
    });
    expect(settlement).toMatchObject({
      event: {
        detail: {
          data: { failedAt: '2025-11-23T09:30:00.000Z', reason: 'EXPIRED', attempted: false },
        },
      },
    });
  });

  it('counts an undocumented EXPIRED only once our own clock agrees', async () => {
    const expired: OrderStatus = { ...failed, state: 'EXPIRED', gatewayState: 'EXPIRED' };
    const early = await settle({ kind: 'found', ...expired });
    expect(early.settlement.kind).toBe('pending');
    const late = await settle({ kind: 'found', ...expired }, { now: '2025-11-23T09:30:01Z' });
    expect(late.settlement).toMatchObject({
      kind: 'failed',
      event: { detail: { data: { reason: 'EXPIRED' } } },
    });
  });
});

it.each<[string, OrderStatusAnswer, string]>([
  ['still pending', { kind: 'found', ...paid, state: 'PENDING' }, 'pending'],
  ['a state nobody documented', { kind: 'found', ...paid, state: 'OTHER' }, 'pending'],
  ['unknown there', { kind: 'notFound' }, 'notFound'],
  ['out of reach', { kind: 'unreachable', reason: 'timeout' }, 'gatewayUnavailable'],
  ['refusing us', { kind: 'refused', code: 'X', httpStatus: 403 }, 'gatewayUnavailable'],
])('publishes nothing when the gateway is or says: %s', async (_what, answer, kind) => {
  const { settlement, published } = await settle(answer);
  expect(settlement.kind).toBe(kind);
  expect(published).toEqual([]);
});

describe('what the row says already', () => {
  const declined: OrderStatusAnswer = {
    kind: 'found',
    ...paid,
    state: 'FAILED',
    gatewayState: 'FAILED',
    failure: 'DECLINED',
    attempts: [],
  };
  const isPaid: OrderStatusAnswer = { kind: 'found', ...paid };

  it.each([
    ['a recorded payment', isPaid, { status: 'COMPLETED' }, 'completed'],
    ['a recorded failure', declined, { status: 'FAILED', failureReason: 'DECLINED' }, 'failed'],
    ['a failure of a paid order', declined, { status: 'COMPLETED' }, 'failed'],
  ] as const)('is not published again: %s', async (_what, answer, changes, kind) => {
    const { settlement, published } = await settle(answer, { row: changes });
    expect(settlement).toMatchObject({ kind, isPublished: false });
    expect(published).toEqual([]);
  });

  it.each([
    ['money after a failure', isPaid, { status: 'FAILED', failureReason: 'EXPIRED' }],
    ['another reason', declined, { status: 'FAILED', failureReason: 'EXPIRED' }],
  ] as const)('does not keep news from the bus: %s', async (_what, answer, changes) => {
    const { settlement, published } = await settle(answer, { row: changes });
    expect(settlement).toMatchObject({ isPublished: true });
    expect(published).toHaveLength(1);
  });

  it.each([
    ['a recorded payment', isPaid, { status: 'COMPLETED' }, 'completed'],
    ['a recorded failure', declined, { status: 'FAILED', failureReason: 'DECLINED' }, 'failed'],
  ] as const)(
    'is published once more where somebody wants it again: %s',
    async (_what, answer, changes, kind) => {
      const { settlement, published } = await settle(answer, {
        row: changes,
        settle: { republish: true },
      });
      expect(settlement).toMatchObject({ kind, isPublished: true });
      expect(published).toHaveLength(1);
    },
  );

  it('is no reason to tell anybody that a paid order failed, whoever wants it again', async () => {
    const { settlement, published } = await settle(declined, {
      row: { status: 'COMPLETED' },
      settle: { republish: true },
    });
    expect(settlement).toMatchObject({ kind: 'failed', isPublished: false });
    expect(published).toEqual([]);
  });
});

describe('an order that the gateway does not know', () => {
  const later = { now: '2025-11-23T09:30:00.001Z', settle: { expireUnknown: true } };

  it('has expired once nobody can pay it any more, for whoever wants to know that', async () => {
    const { settlement, published } = await settle({ kind: 'notFound' }, later);
    expect(settlement).toMatchObject({ kind: 'failed', isPublished: true });
    expect(published[0]?.detail).toMatchObject({
      data: { reason: 'EXPIRED', gatewayState: 'NOT_FOUND', attempted: false },
    });
  });

  it.each([
    ['while it can still be paid', { ...later, now: '2025-11-23T09:30:00.000Z' }],
    ['for the others', { now: later.now }],
  ])('is only unknown %s', async (_when, options) => {
    const { settlement, published } = await settle({ kind: 'notFound' }, options);
    expect(settlement).toEqual({ kind: 'notFound' });
    expect(published).toEqual([]);
  });
});

const later = '2098-01-01T00:00:00.000Z';

it('takes no time that is still to come for the time of a payment', async () => {
  const { settlement } = await settle({
    kind: 'found',
    ...paid,
    attempts: [{ state: 'COMPLETED', at: later, gatewayTransactionId: 'OM-1' }],
  });
  expect(JSON.stringify(settlement)).not.toContain(later);
  expect(settlement).toMatchObject({
    event: { detail: { data: { completedAt: '2025-11-23T09:00:00.000Z' } } },
  });
});
