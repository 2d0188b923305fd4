import type { Hono, MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import { API_PATH } from '../addresses.ts';
import type { Engine } from '../create-engine.ts';
import { misbehave, type Operation } from '../faults.ts';
import type { SandboxEnv, SandboxOptions } from '../options.ts';
import { buildOrder } from '../orders/end-order.ts';
import { apiError } from './answers.ts';
import {
  answerPay,
  answerRefund,
  answerRefundStatus,
  answerStatus,
  answerToken,
} from './endpoints.ts';

/** PhonePe's API below `{base}/apis/pg-sandbox`. */
export function mountApi(
  app: Hono<SandboxEnv>,
  base: string,
  engine: Engine,
  options: SandboxOptions,
) {
  const { orders, refunds, tokens } = engine;
  const api = `${base}${API_PATH}`;
  const at = (operation: Operation) => misbehaving(operation, engine);
  const place = (request: Parameters<typeof buildOrder>[0]) =>
    buildOrder(request, { ...engine, checkoutBase: `${options.publicUrl()}${base}/checkout` });
  const unknownCode = options.unknownOrderCode ?? 'INVALID_MERCHANT_ORDER_ID';

  app.post(`${api}/v1/oauth/token`, at('token'), answerToken(tokens));
  const guard = authorised(engine);
  app.post(
    `${api}/checkout/v2/pay`,
    at('pay'),
    guard,
    jsonOnly,
    answerPay(orders, place, (order) => {
      engine.log(`order ${order.merchantOrderId}: PENDING`);
      engine.watchExpiry(order);
    }),
  );
  app.get(
    `${api}/checkout/v2/order/:merchantOrderId/status`,
    at('status'),
    guard,
    answerStatus(orders, unknownCode, tokens.merchantId),
  );
  app.post(`${api}/payments/v2/refund`, at('refund'), guard, jsonOnly, answerRefund(engine));
  app.get(
    `${api}/payments/v2/refund/:merchantRefundId/status`,
    at('refundStatus'),
    guard,
    answerRefundStatus(refunds, tokens.merchantId),
  );
  app.all(`${api}/*`, () => apiError('noSuchApi'));
}

function misbehaving(operation: Operation, engine: Engine): MiddlewareHandler<SandboxEnv> {
  const fault = misbehave(operation, engine.faults, engine.timers);
  return createMiddleware<SandboxEnv>((c, next) => {
    engine.calls[operation] += 1;
    return fault(c, next);
  });
}

const authorised = ({ tokens }: Engine) =>
  createMiddleware<SandboxEnv>(async (c, next) => {
    if (!tokens.accepts(c.req.header('authorization'))) return apiError('unauthorized');
    await next();
    return undefined;
  });

const jsonOnly = createMiddleware<SandboxEnv>(async (c, next) => {
  if (!c.req.header('content-type')?.startsWith('application/json')) return apiError('noSuchApi');
  await next();
  return undefined;
});
