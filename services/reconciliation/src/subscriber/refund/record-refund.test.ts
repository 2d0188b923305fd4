import { expect, it } from 'vitest';
import { judgeRefund, type RefundAnswer } from './record-refund.ts';

const claim = { transactionId: 'txn_MP-1', merchantRefundId: 'R-1' };
const found = {
  kind: 'found',
  state: 'COMPLETED',
  gatewayState: 'COMPLETED',
  amountInPaisa: 29_900,
  merchantOrderId: 'MP-1',
} as const;
const { merchantOrderId: _left, ...anonymous } = found;

it('confirms a completed refund of the order, with the gateway’s amount', () => {
  expect(judgeRefund(found, claim)).toEqual({
    kind: 'confirmed',
    confirmed: { merchantRefundId: 'R-1', amountInPaisa: 29_900 },
  });
});

it.each<[string, RefundAnswer, string, boolean]>([
  [
    'is failed',
    { ...found, state: 'FAILED', gatewayState: 'FAILED' },
    'the gateway says FAILED',
    false,
  ],
  [
    'is pending',
    { ...found, state: 'PENDING', gatewayState: 'PENDING' },
    'the gateway says PENDING',
    true,
  ],
  [
    'is accepted only',
    { ...found, state: 'OTHER', gatewayState: 'CONFIRMED' },
    'the gateway says CONFIRMED',
    true,
  ],
  [
    'is of another order',
    { ...found, merchantOrderId: 'MP-2' },
    'the gateway names another order',
    false,
  ],
  ['is of no order', anonymous, 'the gateway names no order', false],
  [
    'is of another order and pending',
    { ...found, state: 'PENDING', merchantOrderId: 'MP-2' },
    'the gateway names another order',
    false,
  ],
  ['is over nothing', { ...found, amountInPaisa: 0 }, 'the gateway names no amount', false],
  ['is unknown', { kind: 'notFound' }, 'the gateway does not know this refund', false],
  [
    'is not told of',
    { kind: 'refused', code: 'FORBIDDEN', httpStatus: 403 },
    'the gateway refused to tell: FORBIDDEN',
    false,
  ],
  ['was not asked about', undefined, 'there is no merchantRefundId to ask the gateway by', false],
])('does not confirm a refund that %s, and says why', (_which, answer, why, mayFollow) => {
  expect(judgeRefund(answer, claim)).toEqual({ kind: 'unconfirmed', why, mayFollow });
});
