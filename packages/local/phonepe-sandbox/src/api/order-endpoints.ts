import type { Context } from 'hono';
import type { UnknownOrderCode } from '../options.ts';
import type { OrderBook } from '../orders/create-order-book.ts';
import type { Order } from '../orders/order.ts';
import { codesOf, orderBody } from '../orders/order-body.ts';
import { apiError, unknownOrder } from './answers.ts';
import { readJson } from './read-json.ts';
import { type PayRequest, payRequestSchema } from './request-schemas.ts';

/** POST /checkout/v2/pay. A merchantOrderId is good for one call, ever. */
export const answerPay =
  (orders: OrderBook, buildOrder: (request: PayRequest) => Order, placed: (order: Order) => void) =>
  async (c: Context) => {
    const request = payRequestSchema.safeParse(await readJson(c));
    if (!request.success || orders.get(request.data.merchantOrderId)) return apiError('badRequest');
    const order = buildOrder(request.data);
    orders.add(order);
    placed(order);
    const { orderId, state, expireAt, checkoutUrl } = order;
    return Response.json({ orderId, state, expireAt, redirectUrl: checkoutUrl });
  };

/**
 * GET /checkout/v2/order/{merchantOrderId}/status: `details=true` lists every attempt, otherwise only the last. Names
 * merchant and order, as PhonePe's newer answers do.
 */
export const answerStatus =
  (orders: OrderBook, unknownCode: UnknownOrderCode, merchantId: () => string) => (c: Context) => {
    const order = orders.get(c.req.param('merchantOrderId') ?? '');
    if (!order) return unknownOrder(unknownCode);
    const attempts = c.req.query('details') === 'true' ? order.attempts : order.attempts.slice(-1);
    const withContext = c.req.query('errorContext') === 'true';
    return Response.json({
      merchantId: merchantId(),
      merchantOrderId: order.merchantOrderId,
      ...orderBody(order, attempts, 'with-references'),
      ...(order.failure && codesOf(order.failure)),
      ...(order.failure && withContext && { errorContext: order.failure }),
    });
  };
