import type { EventToPublish } from '@cloudnestle/contracts/event';
import { describe, expect, it } from 'vitest';
import { endAttention, raiseAttention } from './attention/attention.ts';
import type { PublishAnswer } from './build-events.ts';
import { buildCatalogue } from './catalogue.ts';
import type { OrderStatus, OrderStatusAnswer } from './gateway.ts';
import { readOrder } from './order.ts';
import { type SettleOptions, settleOrder } from './settle-order.ts';
import { oneGateway } from './testing/one-gateway.ts';

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
  const settlement = await settleOrder(
    {
      gateways: oneGateway({ orderStatus: async () => answer }),
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

  it('has the same event id whichever function asks and whenever', async () => {
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
  const differences = [
    ['another amount', { amountInPaisa: 100 }],
    ['another currency', { currency: 'USD' }],
    ['another merchant or order', { isOurs: false }],
  ] as const;

  it.each(differences)('grants nothing and is said on the bus: %s', async (_what, difference) => {
    const { settlement, published } = await settle({ kind: 'found', ...paid, ...difference });
    expect(settlement.kind).toBe('mismatch');
    expect(published.map((event) => event.detailType)).toEqual(['GatewayEventReceived']);
  });

  it.each(differences)(
    'is not held against an order while the gateway says PENDING: %s',
    async (_what, difference) => {
      const pending = {
        ...paid,
        ...difference,
        state: 'PENDING',
        gatewayState: 'PENDING',
      } as const;
      const { settlement, published } = await settle({ kind: 'found', ...pending });
      expect(settlement).toEqual({ kind: 'pending', gatewayState: 'PENDING' });
      expect(published).toEqual([]);
    },
  );

  it('fits in the order’s own currency', async () => {
    const { settlement } = await settle({ kind: 'found', ...paid, currency: 'INR' });
    expect(settlement.kind).toBe('completed');
  });

  it('is said once: not again while it stands, nor after an operator’s word on it', async () => {
    const answer: OrderStatusAnswer = { kind: 'found', ...paid, amountInPaisa: 100 };
    const first = await settle(answer);
    const { eventId: id = '', occurredAt: at = '' } = first.published[0]?.detail.metadata ?? {};
    const shards = { shardCount: 1 };
    const fact = { reason: 'MISMATCH', id, at, isRepeatable: true } as const;
    const standing = { ...row, ...raiseAttention(row, fact, shards) };
    const again = await settle(answer, { row: standing, now: '2025-11-23T09:16:00Z' });
    expect(again.published).toEqual([]);
    expect(again.settlement).toMatchObject({ isPublished: false, isDealtWith: false });
    const resolution = { at: '2025-11-23T09:20:00.000Z', by: 'asha', why: 'settled by hand' };
    const over = { ...standing, ...endAttention(standing, 'MISMATCH', { ...shards, resolution }) };
    const after = await settle(answer, { row: over, now: '2025-11-23T09:25:00Z' });
    expect(after.published).toEqual([]);
    expect(after.settlement).toMatchObject({ kind: 'mismatch', isDealtWith: true });
  });
});

describe('two attempts that completed', () => {
  const completedTwice = (attempts: OrderStatus['attempts']) =>
    settle({ kind: 'found', ...paid, attempts });
  const attempt = (gatewayTransactionId?: string) =>
    ({ state: 'COMPLETED', ...(gatewayTransactionId ? { gatewayTransactionId } : {}) }) as const;

  it.each([
    ['two references', [attempt('A'), attempt('B')], 2],
    ['two without a reference', [attempt(), attempt()], 2],
    ['one that is listed twice', [attempt('A'), attempt('A')], undefined],
    ['one beside a failed one', [attempt('A'), { ...attempt('B'), state: 'FAILED' }], undefined],
  ] as const)('are told with the payment: %s', async (_which, attempts, completedAttempts) => {
    const { settlement } = await completedTwice([...attempts]);
    if (settlement.kind !== 'completed') throw new Error(settlement.kind);
    expect(settlement.event.detail.data.completedAttempts).toBe(completedAttempts);
  });
});

it('says when the gateway gave its answer, and says nothing where it gave none', async () => {
  const { settlement } = await settle({ kind: 'found', ...paid });
  expect(settlement).toMatchObject({
    event: { detail: { data: { answeredAt: '2025-11-23T09:15:00.000Z' } } },
  });
  const unknown = await settle(
    { kind: 'notFound' },
    { now: '2025-11-23T09:30:01Z', settle: { expireUnknown: true } },
  );
  expect(unknown.published[0]?.detail.data).not.toHaveProperty('answeredAt');
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

  it('is dated by its expiry where the buyer never tried', async () => {
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
  ['a state that is not documented', { kind: 'found', ...paid, state: 'OTHER' }, 'pending'],
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

  const paidTwice = { status: 'COMPLETED', completedAttempts: 2 };
  const mismatch = { MISMATCH: { since: '2025-11-23T09:12:00.000Z' } };

  it.each([
    ['a recorded payment', isPaid, paidTwice, 'completed'],
    ['a recorded failure', declined, { status: 'FAILED', failureReason: 'DECLINED' }, 'failed'],
    ['a failure of a paid order', declined, { status: 'COMPLETED' }, 'failed'],
    [
      'a failure that says less than the recorded one',
      { ...declined, failure: 'EXPIRED' },
      { status: 'FAILED', failureReason: 'DECLINED' },
      'failed',
    ],
  ] as const)('is not published again: %s', async (_what, answer, changes, kind) => {
    const { settlement, published } = await settle(answer, { row: changes });
    expect(settlement).toMatchObject({ kind, isPublished: false });
    expect(published).toEqual([]);
  });

  it.each([
    ['money after a failure', isPaid, { status: 'FAILED', failureReason: 'EXPIRED' }],
    ['another reason', declined, { status: 'FAILED', failureReason: 'EXPIRED' }],
    ['a second payment of a paid order', isPaid, { status: 'COMPLETED' }],
    ['an answer that fits at last, of a paid order', isPaid, { ...paidTwice, attention: mismatch }],
    [
      'an answer that fits at last, of a failed order',
      declined,
      { status: 'FAILED', failureReason: 'DECLINED', attention: mismatch },
    ],
  ] as const)('does not keep news from the bus: %s', async (_what, answer, changes) => {
    const { settlement, published } = await settle(answer, { row: changes });
    expect(settlement).toMatchObject({ isPublished: true });
    expect(published).toHaveLength(1);
  });

  it.each([
    ['a recorded payment', isPaid, { status: 'COMPLETED' }, 'completed'],
    ['a recorded failure', declined, { status: 'FAILED', failureReason: 'DECLINED' }, 'failed'],
  ] as const)(
    'is published once more where a function wants it again: %s',
    async (_what, answer, changes, kind) => {
      const { settlement, published } = await settle(answer, {
        row: changes,
        settle: { republish: true },
      });
      expect(settlement).toMatchObject({ kind, isPublished: true });
      expect(published).toHaveLength(1);
    },
  );

  it('is no reason to say that a paid order failed, also where it is wanted again', async () => {
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

  it('has expired once the buyer cannot pay it any more, where that is asked for', async () => {
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

  it('is not said to have failed over and over because of an answer that did not fit', async () => {
    const mismatch = { MISMATCH: { since: '2025-11-23T09:12:00.000Z' } };
    const expired = { status: 'FAILED', failureReason: 'EXPIRED', attention: mismatch };
    const { settlement, published } = await settle(
      { kind: 'notFound' },
      { ...later, row: expired },
    );
    expect(settlement).toMatchObject({ kind: 'failed', isPublished: false });
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
