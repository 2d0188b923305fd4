import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeReservation, type RefundableOrder } from './judge-reservation.ts';

const limits = { windowDays: 90, isOneAtATime: true, minimumInPaisa: 100 };
const completedAt = new Date('2025-11-23T10:00:00.000Z');
const now = new Date('2025-11-24T10:00:00.000Z');
const paid: RefundableOrder = {
  status: 'COMPLETED',
  amountInPaisa: 29_900,
  completedAttempts: 1,
  completedAt,
  isDuplicate: false,
  refundedInPaisa: 0,
  holds: {},
};
const judge = (
  order: Partial<RefundableOrder> = {},
  wish: Partial<Parameters<typeof judgeReservation>[1]> = {},
  context: { now?: Date; limits?: typeof limits } = {},
) =>
  judgeReservation(
    { ...paid, ...order },
    { refundId: 'MR-1', reason: 'BUYER_REQUEST', ...wish },
    { limits, now, ...context },
  );

it('sets all aside that is left, where no amount is named', () => {
  expect(judge({ refundedInPaisa: 9_900 })).toEqual({
    kind: 'reserved',
    amountInPaisa: 20_000,
    isNew: true,
  });
});

it('keeps what is set aside under the same id, whatever has become of the order since', () => {
  const order = { holds: { 'MR-1': 500 }, dispute: 'OPEN', refundedInPaisa: 29_900 } as const;
  expect(judge(order)).toEqual({ kind: 'reserved', amountInPaisa: 500, isNew: false });
});

it.each<[string, Parameters<typeof judge>, string, RegExp]>([
  ['is not paid', [{ status: 'PENDING' }], 'NOT_COMPLETED', /PENDING/],
  ['has an open dispute', [{ dispute: 'OPEN' }], 'DISPUTED', /is open/],
  ['has a lost dispute', [{ dispute: 'LOST' }], 'DISPUTED', /was lost/],
  [
    'is a millisecond past the window',
    [{}, {}, { now: new Date(completedAt.getTime() + 90 * 86_400_000 + 1) }],
    'TOO_OLD',
    /90 days/,
  ],
  ['has a refund under way', [{ holds: { 'MR-2': 1 } }], 'ANOTHER_RUNNING', /MR-2/],
  ['went back whole', [{ refundedInPaisa: 29_900 }], 'NOTHING_LEFT', /₹299 went back/],
  ['has less left', [{ refundedInPaisa: 9_900 }, { amountInPaisa: 20_001 }], 'TOO_MUCH', /₹200$/],
  ['is the one that the buyer keeps', [{}, { reason: 'DUPLICATE' }], 'NOTHING_LEFT', /keeps this/],
  ['is asked for too little of', [{}, { amountInPaisa: 99 }], 'TOO_SMALL', /₹1 or more/],
])('refuses an order that %s, in words that help', (_which, args, kind, words) => {
  expect(judge(...args)).toMatchObject({
    kind: 'refused',
    refusal: { kind, words: expect.stringMatching(words) },
  });
});

it('gives a duplicate back whole', () => {
  const wish = { reason: 'DUPLICATE' } as const;
  expect(judge({ isDuplicate: true }, wish)).toMatchObject({ amountInPaisa: 29_900 });
});

it('takes the last moment of the window', () => {
  const last = new Date(completedAt.getTime() + 90 * 86_400_000);
  expect(judge({}, {}, { now: last })).toMatchObject({ kind: 'reserved' });
});

describe('an order that two attempts have paid', () => {
  const twice = { completedAttempts: 2 };

  it('gives back one payment as a duplicate, then none', () => {
    const wish = { reason: 'DUPLICATE' } as const;
    expect(judge(twice, wish)).toMatchObject({ amountInPaisa: 29_900 });
    expect(judge({ ...twice, refundedInPaisa: 29_900 }, wish)).toMatchObject({
      refusal: { kind: 'NOTHING_LEFT', words: expect.stringContaining('another reason') },
    });
    expect(judge({ ...twice, refundedInPaisa: 29_900 })).toMatchObject({ amountInPaisa: 29_900 });
  });

  it('leaves the payment that the buyer keeps, whatever amount is asked for as a duplicate', () => {
    const half = { ...twice, refundedInPaisa: 10_000 };
    expect(judge(half, { reason: 'DUPLICATE', amountInPaisa: 19_901 })).toMatchObject({
      refusal: { kind: 'TOO_MUCH', words: expect.stringMatching(/₹199$/) },
    });
    expect(judge(half, { reason: 'DUPLICATE', amountInPaisa: 19_900 })).toMatchObject({
      amountInPaisa: 19_900,
    });
    expect(judge(half, { amountInPaisa: 29_900 })).toMatchObject({ amountInPaisa: 29_900 });
  });

  it('gives back no more at once than one attempt took', () => {
    expect(judge(twice)).toMatchObject({ amountInPaisa: 29_900 });
    expect(judge(twice, { amountInPaisa: 29_901 })).toMatchObject({
      refusal: { kind: 'TOO_MUCH' },
    });
  });
});

it('never sets aside more than was paid, whatever is asked, in which order, and how it ends', () => {
  const wish = fc.record({
    refundId: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    amountInPaisa: fc.option(fc.integer({ min: 1, max: 40_000 }), { nil: undefined }),
    reason: fc.constantFrom('DUPLICATE', 'BUYER_REQUEST'),
    ends: fc.constantFrom('not', 'COMPLETED', 'FAILED'),
  });
  fc.assert(
    fc.property(
      fc.array(wish, { maxLength: 12 }),
      fc.integer({ min: 1, max: 3 }),
      fc.boolean(),
      (wishes, completedAttempts, isOneAtATime) => {
        let order: RefundableOrder = { ...paid, completedAttempts };
        const over = new Set<string>();
        for (const { ends, ...each } of wishes) {
          if (over.has(each.refundId)) continue;
          const answer = judgeReservation(order, each, {
            limits: { ...limits, isOneAtATime },
            now,
          });
          if (answer.kind === 'refused') continue;
          const { [each.refundId]: _own, ...others } = order.holds;
          const { amountInPaisa } = answer;
          if (isOneAtATime) expect(Object.keys(others)).toEqual([]);
          const refundedInPaisa =
            order.refundedInPaisa + (ends === 'COMPLETED' ? amountInPaisa : 0);
          const holds = ends === 'not' ? { ...others, [each.refundId]: amountInPaisa } : others;
          if (ends !== 'not') over.add(each.refundId);
          order = { ...order, refundedInPaisa, holds };
          const held = Object.values(holds).reduce((sum, hold) => sum + hold, 0);
          expect(refundedInPaisa + held).toBeLessThanOrEqual(29_900 * completedAttempts);
        }
      },
    ),
  );
});
