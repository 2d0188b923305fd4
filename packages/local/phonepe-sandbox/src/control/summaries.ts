import type { Order } from '../orders/order.ts';
import type { Refund } from '../refunds/refund.ts';

/** An order for looking at: no token, no page address, nothing of the buyer. */
export function orderSummary(order: Order) {
  return {
    merchantOrderId: order.merchantOrderId,
    orderId: order.orderId,
    state: order.state,
    amountInPaisa: order.amountInPaisa,
    createdAt: new Date(order.createdAt).toISOString(),
    expireAt: new Date(order.expireAt).toISOString(),
    ...(order.failure && { detailedErrorCode: order.failure.detailedErrorCode }),
    attempts: order.attempts.map(({ mode, state }) => ({ mode, state })),
  };
}

export function refundSummary(refund: Refund) {
  const { merchantRefundId, refundId, originalMerchantOrderId, amountInPaisa, state } = refund;
  return { merchantRefundId, refundId, originalMerchantOrderId, amountInPaisa, state };
}
