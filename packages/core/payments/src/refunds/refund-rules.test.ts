import { refundStateSchema } from '@cloudnestle/contracts/items/refund';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RefundState as GatewayState } from '../gateway.ts';
import { type AskedRefund, judgeRefundStatus } from './judge-refund-status.ts';
import { isOverdue, isSurelyNotKnown, planQuestion } from './plan-refund.ts';
import { createRefundId } from './refund-id.ts';
import { isDefinite, isOver, nextRefundState } from './refund-state.ts';

const saids: readonly GatewayState[] = ['PENDING', 'CONFIRMED', 'COMPLETED', 'FAILED', 'OTHER'];

describe('a refund’s state', () => {
  it('ends the same in whatever order the gateway’s words arrive, and never goes back', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(['PENDING', 'CONFIRMED', 'OTHER', 'FAILED', 'COMPLETED'] as const),
        fc.constantFrom(...saids),
        (words, repeated) => {
          const run = (all: readonly GatewayState[]) =>
            all.reduce(nextRefundState, refundStateSchema.parse('SUBMITTED'));
          expect(run([...words, ...words])).toBe(run(words.toReversed()));
          const end = run(words);
          if (end === 'COMPLETED') expect(nextRefundState(end, repeated)).toBe('COMPLETED');
          if (isOver(end)) expect(isOver(nextRefundState(end, repeated))).toBe(true);
        },
      ),
    );
  });

  it('takes money that came after a failure, and no failure after the money', () => {
    expect(nextRefundState('FAILED', 'COMPLETED')).toBe('COMPLETED');
    expect(nextRefundState('COMPLETED', 'FAILED')).toBe('COMPLETED');
    expect(nextRefundState('CONFIRMED', 'PENDING')).toBe('CONFIRMED');
  });
});

it.each([
  [{ httpStatus: 400, isFinal: false }, true],
  [{ httpStatus: 400, isFinal: true, obstacle: 'TOO_OLD' }, true],
  [{ isFinal: true }, true],
  [{ httpStatus: 417, isFinal: false, obstacle: 'ANOTHER_RUNNING' }, false],
  [{ httpStatus: 401, isFinal: false }, false],
  [{ httpStatus: 403, isFinal: false }, false],
] as const)('of a refusal %o it is %s that it ends the refund', (said, expected) => {
  expect(isDefinite(said)).toBe(expected);
});

describe('the questions about a refund', () => {
  const at = new Date('2025-11-23T10:00:00.000Z');
  const after = (seconds: number) => new Date(at.getTime() + seconds * 1000);

  it.each([
    [0, 30],
    [30, 120],
    [31, 120],
    [120, 600],
    [600, 3600],
    [3600, 7 * 3600],
    [7 * 3600, 13 * 3600],
  ])('%i s after it was sent the next one is at %i s', (now, next) => {
    expect(planQuestion(at, after(now))).toEqual(after(next));
  });

  it('need an operator after ten days, and go on', () => {
    expect(isOverdue(at, after(864_000 - 1))).toBe(false);
    expect(isOverdue(at, after(864_000))).toBe(true);
    expect(planQuestion(at, after(864_000))).toEqual(after(864_000 + 6 * 3600));
  });

  it('find it unknown only twice, a minute apart', () => {
    expect(isSurelyNotKnown(undefined, at)).toBe(false);
    expect(isSurelyNotKnown(at, after(59))).toBe(false);
    expect(isSurelyNotKnown(at, after(60))).toBe(true);
  });
});

it('knows the same wish by the same id, within what every gateway takes', () => {
  const id = createRefundId('txn_MP-1', 'key-0001');
  expect(id).toMatch(/^MR-[0-9a-f]{24}$/);
  expect(createRefundId('txn_MP-1', 'key-0001')).toBe(id);
  expect(createRefundId('txn_MP-1', 'key-0002')).not.toBe(id);
  expect(createRefundId('txn_MP-2', 'key-0001')).not.toBe(id);
});

const found = {
  kind: 'found',
  state: 'COMPLETED',
  gatewayState: 'COMPLETED',
  amountInPaisa: 29_900,
  merchantOrderId: 'MP-1',
} as const;
const { merchantOrderId: _left, ...anonymous } = found;

it('believes the gateway’s own status of the order’s refund, in any state', () => {
  for (const state of saids) {
    expect(judgeRefundStatus({ ...found, state }, 'txn_MP-1')).toMatchObject({
      kind: 'known',
      status: { state, amountInPaisa: 29_900 },
    });
  }
});

it.each<[string, AskedRefund, string]>([
  ['is of another order', { ...found, merchantOrderId: 'MP-2' }, 'the gateway names another order'],
  ['is of no order', anonymous, 'the gateway names no order'],
  [
    'is of another order and pending',
    { ...found, state: 'PENDING', merchantOrderId: 'MP-2' },
    'the gateway names another order',
  ],
  ['is over nothing', { ...found, amountInPaisa: 0 }, 'the gateway names no amount'],
  [
    'is not told of',
    { kind: 'refused', code: 'FORBIDDEN', httpStatus: 403 },
    'the gateway refused to tell: FORBIDDEN',
  ],
  ['was not asked about', undefined, 'there is no merchantRefundId to ask the gateway by'],
])('believes nothing of a refund that %s, and says why', (_which, answer, why) => {
  expect(judgeRefundStatus(answer, 'txn_MP-1')).toEqual({ kind: 'doubt', why });
});
