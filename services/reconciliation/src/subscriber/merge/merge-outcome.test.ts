import { raise, takeSteps } from '@cloudnestle/operations/attention/steps';
import { needsAttention, readAttention } from '@cloudnestle/payments/attention/attention';
import { applyChange } from '@cloudnestle/runtime/testing/apply-change';
import { sampleCompleted, sampleOrder, sampleRow } from '@cloudnestle/test-kit/samples';
import { describe, expect, it } from 'vitest';
import { joinGatewaySides, mergeCompleted, toldBy } from './merge-outcome.ts';

const context = { now: new Date('2025-11-24T00:00:00.000Z'), bankHolidays: [] };
const pending = sampleRow();

function settle(row: Record<string, unknown>, completedAt?: string, changes = {}) {
  const { metadata, data } = sampleCompleted(sampleOrder(pending), completedAt).detail;
  const entry = { eventId: metadata.eventId, what: 'completed', at: metadata.occurredAt };
  const event = { data: { ...data, ...changes }, entry };
  return applyChange(row, mergeCompleted(row, event, context));
}

it('takes the earliest time of completion, and what follows from it', () => {
  const row = settle(settle(pending, '2025-11-24T20:00:00.000Z'), '2025-11-23T10:00:00.000Z');
  expect(row).toMatchObject({
    completedAt: '2025-11-23T10:00:00.000Z',
    phonepe_timestamp: '2025-11-23T10:00:00.000Z',
    settlement_date: '2025-11-25',
    nextCheckAt: '2025-11-23T10:05:00.000Z',
  });
});

it('leaves no trace of a failed attempt’s references in a payment that has none', () => {
  const failed = { ...pending, status: 'FAILED', failureReason: 'DECLINED', failedAt: 'x' };
  const row = settle({ ...failed, vpa: 'failed@bank', utr: 'OLD' });
  expect(row).toMatchObject({ vpa: 'user@paytm', utr: '123456789012' });
  expect(row).not.toHaveProperty('failureReason');
  expect(row).not.toHaveProperty('failedAt');
});

it('drops the mark of a duplicate where an earlier time makes the order the first one', () => {
  const mark = { duplicateOf: 'txn_other', duplicateOfCompletedAt: '2025-11-23T09:59:00.000Z' };
  const marked = { ...settle(pending), ...mark };
  expect(settle(marked, '2025-11-23T09:58:00.000Z')).not.toHaveProperty('duplicateOf');
  expect(settle(marked, '2025-11-23T09:59:30.000Z')).toMatchObject(mark);
});

it('keeps the books of a row that the replaced system completed', () => {
  const { history: _h, dayShard: _d, openShard: _o, nextCheckAt: _n, ...old } = pending;
  const row = settle({
    ...old,
    status: 'COMPLETED',
    utr: '000000000001',
    phonepe_timestamp: '2025-11-23T10:00:00Z',
    settlement_date: '2025-11-25',
  });
  expect(row).toMatchObject({ utr: '000000000001', settlement_date: '2025-11-25' });
  expect(row).not.toHaveProperty('openShard');
});

it('remembers the most attempts that completed, and needs a person for the others’ money', () => {
  const once = settle(pending);
  const twice = settle(once, undefined, { completedAttempts: 2 });
  expect(readAttention(twice)).toMatchObject([{ reason: 'CHARGED_TWICE' }]);
  expect(settle(twice)).toEqual(twice);
  expect(readAttention(once)).toEqual([]);
});

describe('what needed a person before', () => {
  const at = (minute: number) => `2025-11-23T10:0${minute}:00.000Z`;
  const reasonsBefore = ['NO_OUTCOME', 'NOT_REACHED', 'MISMATCH', 'DISPUTE'] as const;
  const raised = takeSteps(
    pending,
    reasonsBefore.map((reason) => raise({ reason, at: at(5) })),
  );
  const waiting = { ...pending, ...raised };
  const reasons = (answeredAt?: string) =>
    readAttention(settle(waiting, undefined, answeredAt ? { answeredAt } : {})).map(
      ({ reason }) => reason,
    );

  it('is over with an answer that fits, if that was given later', () => {
    expect(reasons(at(6))).toEqual(['DISPUTE']);
  });

  it.each([
    ['was given earlier', at(4)],
    ['names no time', undefined],
  ])('stays a mismatch after an answer that %s', (_which, answeredAt) => {
    expect(reasons(answeredAt)).toEqual(['MISMATCH', 'DISPUTE']);
  });

  it('is over for a row of an earlier version, too', () => {
    const needsReview = "the gateway's answer does not fit this order: COMPLETED over 100 paisa";
    const old = { ...pending, needsReview, updatedAt: at(5) };
    expect(needsAttention(old, 'MISMATCH')).toBe(true);
    const after = settle(old, undefined, { answeredAt: at(6) });
    expect(after).not.toHaveProperty('needsReview');
    expect(readAttention(after)).toEqual([]);
  });
});

const { data } = sampleCompleted().detail;
const both = (a: object, b: object) => [joinGatewaySides(a, b), joinGatewaySides(b, a)];

it('keeps the references of a UPI payment', () => {
  expect(toldBy(data)).toMatchObject({
    payment_mode: 'UPI',
    utr: '123456789012',
    upi_transaction_id: 'UPI123456',
    vpa: 'user@paytm',
  });
});

it.each([
  ['card', { mode: 'CARD' as const, brn: '1' }, 'CARD', undefined],
  ['net banking', { mode: 'NET_BANKING' as const }, 'NET_BANKING', undefined],
  ['a mode nobody knows', { mode: 'OTHER' as const, utr: 'U1' }, 'OTHER', 'U1'],
])('keeps what there is of %s', (_what, instrument, payment_mode, utr) => {
  expect(toldBy({ ...data, instrument })).toEqual({
    webhookEvent: 'checkout.order.completed',
    phonepe_transaction_id: data.gatewayTransactionId,
    payment_mode,
    utr,
    upi_transaction_id: undefined,
    vpa: undefined,
  });
});

it('never lets an absent value replace a present one', () => {
  for (const joined of both({ utr: 'U1' }, { vpa: 'a@b' })) {
    expect(joined).toMatchObject({ utr: 'U1', vpa: 'a@b' });
  }
});

it('takes the same of two values whichever came first', () => {
  for (const joined of both({ utr: 'U2' }, { utr: 'U1' })) expect(joined.utr).toBe('U1');
});

it.each(['browser.return', 'checkout', 'manual', 'sweep'])(
  'prefers the gateway’s own event name to our "%s"',
  (webhookEvent) => {
    for (const joined of both({ webhookEvent }, { webhookEvent: 'zz.order.completed' })) {
      expect(joined.webhookEvent).toBe('zz.order.completed');
    }
  },
);

it('prefers a known mode of payment to OTHER', () => {
  for (const joined of both({ payment_mode: 'OTHER' }, { payment_mode: 'UPI' })) {
    expect(joined.payment_mode).toBe('UPI');
  }
});
