import type { RefundStatusAnswer } from '@cloudnestle/payments/gateway';
import { toTransactionId } from '@cloudnestle/payments/order-ids';
import type { ConfirmedRefund } from '../merge/refunds.ts';

/** What the gateway's refund status answered; `undefined`: there was no id to ask by. */
export type RefundAnswer = Exclude<RefundStatusAnswer, { kind: 'unreachable' }> | undefined;

export type RefundVerdict =
  | { kind: 'confirmed'; confirmed: ConfirmedRefund }
  /** `why` is for a person. `mayFollow`: the gateway has not said its last word. */
  | { kind: 'unconfirmed'; why: string; mayFollow: boolean };

/** Decides whether a refund of this order has happened: by the gateway's own refund status, never by an event's word. */
export function judgeRefund(
  answer: RefundAnswer,
  claim: { transactionId: string; merchantRefundId: string | undefined },
): RefundVerdict {
  const { transactionId, merchantRefundId } = claim;
  if (answer === undefined || merchantRefundId === undefined) {
    return unconfirmed('there is no merchantRefundId to ask the gateway by');
  }
  switch (answer.kind) {
    case 'notFound':
      return unconfirmed('the gateway does not know this refund');
    case 'refused':
      return unconfirmed(`the gateway refused to tell: ${answer.code}`);
    case 'found':
      return judgeStatus(answer, { transactionId, merchantRefundId });
  }
}

function judgeStatus(
  status: Extract<RefundAnswer, { kind: 'found' }>,
  claim: { transactionId: string; merchantRefundId: string },
): RefundVerdict {
  const { merchantOrderId, state, gatewayState, amountInPaisa } = status;
  // The gateway always names it. Without the name, any real refund could be laid at any order's door.
  if (merchantOrderId === undefined) return unconfirmed('the gateway names no order');
  if (toTransactionId(merchantOrderId) !== claim.transactionId) {
    return unconfirmed('the gateway names another order');
  }
  if (state !== 'COMPLETED') {
    const mayFollow = state === 'PENDING' || state === 'OTHER';
    return { kind: 'unconfirmed', why: `the gateway says ${gatewayState}`, mayFollow };
  }
  if (amountInPaisa <= 0) return unconfirmed('the gateway names no amount');
  const { merchantRefundId } = claim;
  return { kind: 'confirmed', confirmed: { merchantRefundId, amountInPaisa } };
}

function unconfirmed(why: string): RefundVerdict {
  return { kind: 'unconfirmed', why, mayFollow: false };
}
