import { readAttention } from '@cloudnestle/payments/attention/attention';
import { applyChange } from '@cloudnestle/runtime/testing/apply-change';
import { sampleRow } from '@cloudnestle/test-kit/samples';
import { describe, expect, it } from 'vitest';
import { mergeRefund } from './merge-refund.ts';

const now = new Date('2025-11-24T00:00:00.000Z');
const paid = { ...sampleRow(), status: 'COMPLETED', completedAt: '2025-11-23T10:00:00.000Z' };
const entryOf = (id: string) => ({
  eventId: `evt_${id}`,
  what: 'refund: COMPLETED',
  at: '2025-11-23T11:00:00.000Z',
});

const eventOf = (merchantRefundId: string, amountInPaisa: number, wasAskedForHere = false) => ({
  entry: entryOf(merchantRefundId),
  fact: {
    kind: 'confirmed',
    confirmed: { merchantRefundId, amountInPaisa },
    wasAskedForHere,
  } as const,
});

function doubt(row: Record<string, unknown>, refundId: string, why = 'the gateway says FAILED') {
  const fact = { kind: 'doubtful', refundId, doubt: why } as const;
  return applyChange(row, mergeRefund(row, { entry: entryOf(refundId), fact }, { now }));
}

const reasonsOf = (row: Record<string, unknown>) => readAttention(row).map(({ reason }) => reason);

function refund(row: Record<string, unknown>, merchantRefundId: string, amountInPaisa: number) {
  const event = eventOf(merchantRefundId, amountInPaisa);
  return applyChange(row, mergeRefund(row, event, { now }));
}

it('makes the map of refunds whole with the first one, then writes beside what is there', () => {
  const first = mergeRefund(paid, eventOf('R-1', 100), { now });
  expect(first?.set).toMatchObject({ refunds: { 'R-1': 100 } });
  expect(first?.basedOn).toContain('refunds');
  const second = mergeRefund(applyChange(paid, first), eventOf('R-2', 100), { now });
  expect(second?.set).toMatchObject({ 'refunds.R-2': 100 });
  expect(second?.basedOn).toEqual(expect.arrayContaining(['refunds', 'refunds.R-2']));
});

it('writes nothing where refund and event are there already', () => {
  const kept = refund(paid, 'R-1', 29_900);
  expect(mergeRefund(kept, eventOf('R-1', 29_900), { now: new Date() })).toBeUndefined();
});

it.each([
  ['less', 29_899, false],
  ['exactly', 29_900, true],
  ['more', 30_000, true],
])('takes access back with %s than the amount as the amount decides', (_how, amount, isTaken) => {
  const row = refund(paid, 'R-1', amount);
  expect(row.accessRevokedAt).toBe(isTaken ? now.toISOString() : undefined);
});

it('takes access back at the next delivery if two refunds that add up were written side by side', () => {
  const row = { ...paid, refunds: { 'R-1': 10_000, 'R-2': 19_900 } };
  expect(refund(row, 'R-1', 10_000)).toMatchObject({ accessRevokedAt: now.toISOString() });
});

it('needs no operator for an unknown tier any more once all is paid back', () => {
  const since = '2025-11-23T10:05:00.000Z';
  const attention = { UNKNOWN_TIER: { since, facts: { 'tier campus': { at: since } } } };
  const row = { ...paid, attention, attentionShard: 'ATTENTION#0', attentionSince: since };
  expect(reasonsOf(refund(row, 'R-1', 29_900))).toEqual([]);
});

it('keeps the time at which access was taken back first', () => {
  const row = refund({ ...paid, accessRevokedAt: '2025-11-23T12:00:00.000Z' }, 'R-1', 29_900);
  expect(row.accessRevokedAt).toBe('2025-11-23T12:00:00.000Z');
});

it('takes the mark of a duplicate off with the access: nothing is owed back any more', () => {
  const mark = { duplicateOf: 'txn_a', duplicateOfCompletedAt: '2025-11-23T09:00:00.000Z' };
  expect(refund({ ...paid, ...mark }, 'R-1', 10_000)).toMatchObject(mark);
  const row = refund({ ...paid, ...mark }, 'R-1', 29_900);
  expect(row).not.toHaveProperty('duplicateOf');
  expect(row).not.toHaveProperty('duplicateOfCompletedAt');
});

it.each([[undefined], [0], ['29900']])(
  'leaves access to an operator where the row’s amount is %j',
  (amount) => {
    const row = refund({ ...paid, amount }, 'R-1', 29_900);
    expect(row).toMatchObject({ refunds: { 'R-1': 29_900 } });
    expect(row).not.toHaveProperty('accessRevokedAt');
  },
);

it('keeps refunds apart whose ids differ in a dot only', () => {
  const one = refund({ ...paid, refunds: {} }, 'R.1_x', 100);
  expect(refund(one, 'R_1.x', 200).refunds).toEqual({ 'R.1_x': 100, 'R_1.x': 200 });
});

it('counts a refund as new whose id is also the name of something every object has', () => {
  const row = refund({ ...paid, refunds: {} }, 'constructor', 29_900);
  expect(Object.entries(Object(row.refunds))).toEqual([['constructor', 29_900]]);
});

it('needs an operator for a refund of less than the amount, until all went back', () => {
  const part = refund(paid, 'R-1', 10_000);
  expect(readAttention(part)).toEqual([
    {
      reason: 'PARTIAL_REFUND',
      since: entryOf('R-1').at,
      detail: 'refund R-1 over 10000 paisa',
    },
  ]);
  expect(reasonsOf(refund(part, 'R-2', 19_900))).toEqual([]);
});

it('needs no operator for a part that was asked for here: access was decided about then', () => {
  const event = eventOf('MR-1', 10_000, true);
  expect(reasonsOf(applyChange(paid, mergeRefund(paid, event, { now })))).toEqual([]);
});

describe('what was set aside', () => {
  const held = { ...paid, refundHolds: { 'MR-1': 29_900, 'MR-2': 100 }, refundVersion: 2 };
  const failed = { kind: 'failed', refundId: 'MR-1', doubt: 'the gateway says FAILED' } as const;
  const doubtful = { ...failed, kind: 'doubtful' } as const;
  const after = (fact: typeof failed | typeof doubtful, row: Record<string, unknown> = held) =>
    applyChange(row, mergeRefund(row, { entry: entryOf('MR-1'), fact }, { now }));

  it('is free by the write that keeps the refund, or that it failed', () => {
    const kept = refund(held, 'MR-1', 29_900);
    expect(kept).toMatchObject({ refunds: { 'MR-1': 29_900 }, refundVersion: 3 });
    for (const row of [kept, after(failed)]) expect(row.refundHolds).toEqual({ 'MR-2': 100 });
    expect(after(failed)).toMatchObject({ refundVersion: 3 });
    expect(reasonsOf(after(failed))).toEqual(['REFUND_FAILED']);
    expect(mergeRefund(kept, eventOf('MR-1', 29_900), { now })).toBeUndefined();
  });

  it('stays so while there is only a doubt', () => {
    expect(after(doubtful).refundHolds).toEqual(held.refundHolds);
    expect(reasonsOf(after(doubtful))).toEqual(['REFUND_FAILED']);
  });

  it('is free too where the failure is told again after money came all the same', () => {
    const kept = refund(held, 'MR-1', 10_000);
    expect(reasonsOf(after(failed, kept))).toEqual(['PARTIAL_REFUND']);
    expect(reasonsOf(refund(after(failed), 'MR-1', 10_000))).toEqual(['PARTIAL_REFUND']);
  });
});

it('needs an operator for a doubt, until that refund is confirmed', () => {
  const doubted = doubt(doubt(paid, 'R-1'), 'R-2');
  expect(reasonsOf(doubted)).toEqual(['REFUND_FAILED']);
  const half = refund(doubted, 'R-1', 10_000);
  expect(readAttention(half).find(({ reason }) => reason === 'REFUND_FAILED')).toMatchObject({
    detail: 'refund R-2: the gateway says FAILED',
  });
  expect(reasonsOf(refund(half, 'R-2', 10_000))).toEqual(['PARTIAL_REFUND']);
});

it('needs no operator for a doubt about a refund that is kept, or after all went back', () => {
  const part = refund(paid, 'R-1', 10_000);
  expect(reasonsOf(doubt(part, 'R-1'))).toEqual(['PARTIAL_REFUND']);
  expect(reasonsOf(doubt(refund(paid, 'R-1', 29_900), 'R-2'))).toEqual([]);
});

describe('an order that two attempts have paid', () => {
  const twice = { ...paid, completedAttempts: 2 };
  const marked = refund(twice, 'R-0', 100);

  it('is refunded in full once both went back, and gives access while one did not', () => {
    const one = refund(twice, 'R-1', 29_900);
    expect(one).not.toHaveProperty('accessRevokedAt');
    expect(refund(one, 'R-2', 29_900)).toMatchObject({ accessRevokedAt: now.toISOString() });
  });

  it('needs an operator until the second payment went back, and none for that refund', () => {
    expect(reasonsOf(marked)).toEqual(['CHARGED_TWICE', 'PARTIAL_REFUND']);
    expect(reasonsOf(refund(twice, 'R-1', 29_900))).toEqual([]);
  });

  it('needs an operator where access ended before the second payment was known', () => {
    const revoked = { ...twice, accessRevokedAt: now.toISOString(), refunds: { 'R-1': 29_900 } };
    expect(reasonsOf(refund(revoked, 'R-1', 29_900))).toEqual(['CHARGED_TWICE']);
    expect(reasonsOf(refund(revoked, 'R-2', 29_900))).toEqual([]);
  });
});
