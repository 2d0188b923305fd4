import type { RefundStatus, RefundStatusAnswer } from '../gateway.ts';
import { toTransactionId } from '../order-ids.ts';

/** What the gateway's refund status answered; `undefined`: there was no id to ask by. */
export type AskedRefund = Exclude<RefundStatusAnswer, { kind: 'unreachable' }> | undefined;

export type RefundVerdict =
  /** It is this order's, whatever its state. */
  | { kind: 'known'; status: RefundStatus }
  | { kind: 'notFound' }
  /** Nothing may be based on it. `why` is for an operator. */
  | { kind: 'doubt'; why: string };

/** What may be believed of a refund of this order: the gateway's own refund status, never an event's word. */
export function judgeRefundStatus(answer: AskedRefund, transactionId: string): RefundVerdict {
  switch (answer?.kind) {
    case undefined:
      return doubt('there is no merchantRefundId to ask the gateway by');
    case 'notFound':
      return { kind: 'notFound' };
    case 'refused':
      return doubt(`the gateway refused to tell: ${answer.code}`);
    case 'found':
      return judgeFound(answer, transactionId);
  }
}

function judgeFound(
  { kind: _found, ...status }: Extract<RefundStatusAnswer, { kind: 'found' }>,
  transactionId: string,
): RefundVerdict {
  const { merchantOrderId, state, amountInPaisa } = status;
  // The gateway always names it. Without the name, any real refund could be laid at any order's door.
  if (merchantOrderId === undefined) return doubt('the gateway names no order');
  if (toTransactionId(merchantOrderId) !== transactionId) {
    return doubt('the gateway names another order');
  }
  if (state === 'COMPLETED' && amountInPaisa <= 0) return doubt('the gateway names no amount');
  return { kind: 'known', status };
}

function doubt(why: string): RefundVerdict {
  return { kind: 'doubt', why };
}
