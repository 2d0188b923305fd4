import type { HttpAnswer, HttpRequest } from '@cloudnestle/payments/gateway-tools';
import { payRequestSchema } from '@cloudnestle/phonepe-sandbox/api/request-schemas';
import type { Engine } from '@cloudnestle/phonepe-sandbox/create-engine';
import { buildOrder } from '@cloudnestle/phonepe-sandbox/orders/end-order';
import { codesOf, orderBody } from '@cloudnestle/phonepe-sandbox/orders/order-body';
import { refundStatusBody } from '@cloudnestle/phonepe-sandbox/refunds/refund-body';
import type { RefundRuleChanges } from '@cloudnestle/phonepe-sandbox/refunds/refund-rules';
import { takeRefund } from '@cloudnestle/phonepe-sandbox/refunds/take-refund';

/** Where the buyer pays, for the sandbox's addresses of its pages. */
const CHECKOUT_BASE = 'https://gateway.example/checkout';

interface GatewaySide {
  onPlaced(merchantOrderId: string, amountInPaisa: number): void;
  /** A refund that was not there before. */
  onRefundTaken(merchantRefundId: string): void;
  /** What is made of the refund that is asked for now. */
  drawRefundRules(): RefundRuleChanges;
}

/** Answers one call of the gateway's API from the sandbox's engine, as the sandbox's own HTTP does. */
export function answerRequest(
  engine: Engine,
  request: HttpRequest,
  { onPlaced, onRefundTaken, drawRefundRules }: GatewaySide,
): HttpAnswer {
  const pathname = request.url.replace(/^https:\/\/[^/]*|\?.*$/g, '');
  if (pathname.endsWith('/oauth/token')) return answerToken(engine, request.body ?? '');
  if (!engine.tokens.accepts(request.headers.authorization)) {
    return answer(401, { success: false, code: '401', message: 'Authorization failed' });
  }
  if (pathname.endsWith('/checkout/v2/pay')) {
    return answerPay(engine, request.body, onPlaced);
  }
  const order = /\/order\/([^/]+)\/status$/.exec(pathname)?.[1];
  if (order !== undefined) return answerStatus(engine, decodeURIComponent(order));
  if (pathname.endsWith('/payments/v2/refund')) {
    return answerRefund(engine, request.body, { rules: drawRefundRules(), onRefundTaken });
  }
  const refund = /\/refund\/([^/]+)\/status$/.exec(pathname)?.[1];
  if (refund !== undefined) return answerRefundStatus(engine, decodeURIComponent(refund));
  return answer(404, { success: false, code: '404', message: 'Api Mapping Not Found' });
}

function answerToken({ tokens }: Engine, body: string): HttpAnswer {
  const form = new URLSearchParams(body);
  const isClient = tokens.isClient({
    clientId: form.get('client_id') ?? '',
    clientSecret: form.get('client_secret') ?? '',
    clientVersion: form.get('client_version') ?? '',
  });
  return isClient ? answer(200, tokens.issue()) : answer(401, { code: '401', success: false });
}

function answerPay(
  engine: Engine,
  body: string | undefined,
  onPlaced: GatewaySide['onPlaced'],
): HttpAnswer {
  const request = payRequestSchema.safeParse(JSON.parse(body ?? 'null'));
  if (!request.success || engine.orders.get(request.data.merchantOrderId)) return badRequest;
  const order = buildOrder(request.data, { ...engine, checkoutBase: CHECKOUT_BASE });
  engine.orders.add(order);
  engine.watchExpiry(order);
  onPlaced(order.merchantOrderId, order.amountInPaisa);
  const { orderId, state, expireAt, checkoutUrl } = order;
  return answer(200, { orderId, state, expireAt, redirectUrl: checkoutUrl });
}

function answerStatus({ orders }: Engine, merchantOrderId: string): HttpAnswer {
  const order = orders.get(merchantOrderId);
  if (!order) return answer(400, { code: 'INVALID_MERCHANT_ORDER_ID', message: 'No such order.' });
  return answer(200, {
    ...orderBody(order, order.attempts, 'with-references'),
    ...(order.failure && codesOf(order.failure)),
    ...(order.failure && { errorContext: order.failure }),
  });
}

function answerRefund(
  engine: Engine,
  body: string | undefined,
  { rules, onRefundTaken }: { rules: RefundRuleChanges } & Pick<GatewaySide, 'onRefundTaken'>,
): HttpAnswer {
  const before = engine.refunds.rules();
  const known = engine.refunds.list().length;
  engine.refunds.setRules(rules);
  const said = takeRefund(engine, JSON.parse(body ?? 'null'));
  // Refunds that people make at the gateway meet none of it.
  engine.refunds.setRules(before);
  const taken = engine.refunds.list().slice(known);
  for (const { merchantRefundId } of taken) onRefundTaken(merchantRefundId);
  return answer(said.status, said.body);
}

function answerRefundStatus({ refunds, tokens }: Engine, merchantRefundId: string): HttpAnswer {
  const refund = refunds.get(merchantRefundId);
  return refund
    ? answer(200, refundStatusBody(refund, tokens.merchantId(), refunds.rules().statusBody))
    : answer(400, { code: 'INVALID_MERCHANT_REFUND_ID', message: 'No such refund.' });
}

function answer(status: number, body: object): HttpAnswer {
  return { kind: 'answered', status, body: JSON.stringify(body) };
}

const badRequest = answer(400, {
  code: 'BAD_REQUEST',
  message: 'Please check the inputs you have provided.',
});
