import type { Context } from 'hono';
import type { TokenIssuer } from '../create-token-issuer.ts';
import type { UnknownOrderCode } from '../options.ts';
import type { OrderBook } from '../orders/create-order-book.ts';
import type { Order } from '../orders/order.ts';
import { codesOf, orderBody } from '../orders/order-body.ts';
import type { RefundBook } from '../refunds/create-refund-book.ts';
import { refundStatusBody } from '../refunds/refund-body.ts';
import { takeRefund } from '../refunds/take-refund.ts';
import { apiError, unknownOrder } from './answers.ts';
import { type PayRequest, payRequestSchema } from './request-schemas.ts';

/** POST /v1/oauth/token: form-urlencoded only. */
export const answerToken = (issuer: TokenIssuer) => async (c: Context) => {
  const contentType = c.req.header('content-type') ?? '';
  if (!contentType.startsWith('application/x-www-form-urlencoded')) return apiError('noSuchApi');
  const form = new URLSearchParams(await c.req.text());
  if (form.get('grant_type') !== 'client_credentials') return apiError('badRequest');
  const client = {
    clientId: form.get('client_id') ?? '',
    clientSecret: form.get('client_secret') ?? '',
    clientVersion: form.get('client_version') ?? '',
  };
  if (!issuer.isClient(client))
    return Response.json({ code: '401', success: false }, { status: 401 });
  return Response.json(issuer.issue());
};

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

/** POST /payments/v2/refund. */
export const answerRefund = (ports: Parameters<typeof takeRefund>[0]) => async (c: Context) => {
  const { status, body } = takeRefund(ports, await readJson(c));
  return Response.json(body, { status });
};

/** GET /payments/v2/refund/{merchantRefundId}/status. */
export const answerRefundStatus =
  (refunds: RefundBook, merchantId: () => string) => (c: Context) => {
    const refund = refunds.get(c.req.param('merchantRefundId') ?? '');
    if (!refund) return apiError('unknownRefund');
    return Response.json(refundStatusBody(refund, merchantId(), refunds.rules().statusBody));
  };

/** The body as JSON; undefined where it is none, which every schema then refuses. */
async function readJson(c: Context): Promise<unknown> {
  try {
    return await c.req.json();
  } catch {
    return undefined;
  }
}
