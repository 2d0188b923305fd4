import type { Context } from 'hono';
import type { OrderBook } from '../orders/create-order-book.ts';
import type { RefundBook } from '../refunds/create-refund-book.ts';
import type { Refund } from '../refunds/refund.ts';
import { refundBody } from '../refunds/refund-body.ts';
import { apiError } from './answers.ts';
import { readJson } from './read-json.ts';
import { refundRequestSchema } from './request-schemas.ts';

/** POST /payments/v2/refund. */
export const answerRefund =
  (orders: OrderBook, refunds: RefundBook, placed: (refund: Refund) => void) =>
  async (c: Context) => {
    const request = refundRequestSchema.safeParse(await readJson(c));
    if (!request.success) return apiError('badRequest');
    const { merchantRefundId, originalMerchantOrderId, amount } = request.data;
    const order = orders.get(originalMerchantOrderId);
    if (order?.state !== 'COMPLETED') return apiError('badRequest');
    const refund = refunds.request({ merchantRefundId, order, amountInPaisa: amount });
    if (!refund) return apiError('badRequest');
    placed(refund);
    return Response.json({ refundId: refund.refundId, amount, state: refund.state });
  };

/** GET /payments/v2/refund/{merchantRefundId}/status. */
export const answerRefundStatus =
  (refunds: RefundBook, merchantId: () => string) => (c: Context) => {
    const refund = refunds.get(c.req.param('merchantRefundId') ?? '');
    return refund ? Response.json(refundBody(refund, merchantId())) : apiError('unknownRefund');
  };
