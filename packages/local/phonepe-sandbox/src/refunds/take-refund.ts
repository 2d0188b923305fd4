import { refundRequestSchema } from '../api/request-schemas.ts';
import type { Order } from '../orders/order.ts';
import type { RefundBook } from './create-refund-book.ts';
import type { RefundRefusal } from './judge-refund.ts';
import { lowBalance, type Refund } from './refund.ts';

interface TakeRefundPorts {
  orders: { get(merchantOrderId: string): Order | undefined };
  refunds: RefundBook;
  /** Lets the refund move when its time comes. */
  watchRefund(refund: Refund): void;
}

/** POST /payments/v2/refund: takes what the rules allow, and says what PhonePe answers. */
export function takeRefund(
  { orders, refunds, watchRefund }: TakeRefundPorts,
  json: unknown,
): { status: number; body: object } {
  const request = refundRequestSchema.safeParse(json);
  if (!request.success) return refuse('BAD_REQUEST');
  const { merchantRefundId, originalMerchantOrderId, amount } = request.data;
  const order = orders.get(originalMerchantOrderId);
  const result = refunds.request({ merchantRefundId, order, amountInPaisa: amount });
  switch (result.kind) {
    case 'taken':
      watchRefund(result.refund);
      return accept(result.refund);
    case 'repeated':
      return answerRepeat(refunds.rules().repeatedId, result.refund);
    case 'refused':
      return refusals[result.why];
  }
}

function accept({ refundId, amountInPaisa, state }: Refund) {
  return { status: 200, body: { refundId, amount: amountInPaisa, state } };
}

/** No document says what a repeat of a merchantRefundId does. */
function answerRepeat(
  way: 'badRequest' | 'expectationFailed' | 'sameRefund',
  refund: Refund,
): { status: number; body: object } {
  if (way === 'sameRefund') return accept(refund);
  return way === 'badRequest'
    ? refuse('BAD_REQUEST')
    : { status: 417, body: refuse('DUPLICATE_TXN_REQUEST').body };
}

function refuse(code: string, details: object = {}) {
  const message = 'Please check the inputs you have provided.';
  return { status: 400, body: { code, message, ...details } };
}

/** PhonePe's codes, of its list of errors on refunds. */
const refusals: Readonly<Record<RefundRefusal, { status: number; body: object }>> = {
  unknownOrder: refuse('INVALID_MERCHANT_ORDER_ID'),
  notPaid: refuse('REFUND_NOT_ALLOWED'),
  tooOld: refuse('REFUND_FOR_TXN_OLDER_THAN_LIMIT'),
  anotherRunning: refuse('PREVIOUS_ORDER_IN_PROGRESS'),
  tooMuch: refuse('EXCESS_REFUND_AMOUNT'),
  lowBalance: refuse('BAD_REQUEST', lowBalance),
};
