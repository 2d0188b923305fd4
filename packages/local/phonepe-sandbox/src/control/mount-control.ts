import type { Context, Hono } from 'hono';
import type * as z from 'zod';
import { CONTROL_PATH } from '../addresses.ts';
import type { Engine } from '../create-engine.ts';
import { faultSchema } from '../faults.ts';
import type { SandboxEnv } from '../options.ts';
import type { Order } from '../orders/order.ts';
import type { Refund } from '../refunds/refund.ts';
import { refundRuleChangesSchema } from '../refunds/refund-rules.ts';
import {
  dashboardRefundSchema,
  finishOrderSchema,
  finishRefundSchema,
  rotateSchema,
} from './control-schemas.ts';

/** The calls below `{base}/control`: what the buyer would do, faults on demand, and looking at what happened. */
export function mountControl(app: Hono<SandboxEnv>, base: string, engine: Engine) {
  const control = `${base}${CONTROL_PATH}`;

  app.get(`${control}/orders`, (c) => c.json({ orders: engine.orders.list().map(orderSummary) }));
  app.post(`${control}/orders/:merchantOrderId`, (c) =>
    withBody(c, finishOrderSchema, (how) => {
      const result = engine.finish(c.req.param('merchantOrderId'), how);
      if (result.kind === 'unknownOrder') return controlError('unknownOrder');
      if (result.kind === 'alreadyFinished') return controlError('alreadyFinished');
      return c.json(orderSummary(result.order));
    }),
  );
  app.get(`${control}/refunds`, (c) =>
    c.json({ refunds: engine.refunds.list().map(refundSummary) }),
  );
  app.post(`${control}/refunds/:merchantRefundId`, (c) =>
    withBody(c, finishRefundSchema, (how) => {
      const result = engine.finishRefund(c.req.param('merchantRefundId'), how);
      if (result.kind === 'unknownRefund') return controlError('unknownRefund');
      if (result.kind === 'alreadyFinished') return controlError('alreadyFinished');
      return c.json(refundSummary(result.refund));
    }),
  );
  app.post(`${control}/orders/:merchantOrderId/refund`, (c) =>
    withBody(c, dashboardRefundSchema, (refund) => {
      const result = engine.refundInDashboard(c.req.param('merchantOrderId'), refund);
      if (result.kind !== 'refused') return c.json(refundSummary(result.refund));
      return controlError(result.why === 'unknownOrder' ? 'unknownOrder' : 'refundRefused');
    }),
  );
  app.get(`${control}/refund-rules`, (c) => c.json(engine.refunds.rules()));
  app.post(`${control}/refund-rules`, (c) =>
    withBody(c, refundRuleChangesSchema, (changes) => c.json(engine.refunds.setRules(changes))),
  );
  app.get(`${control}/deliveries`, (c) =>
    c.json({ deliveries: engine.webhooks.deliveries.list() }),
  );
  app.get(`${control}/faults`, (c) => c.json({ faults: engine.faults.list() }));
  app.post(`${control}/faults`, (c) =>
    withBody(c, faultSchema, (fault) => {
      engine.faults.add(fault);
      return c.json({ faults: engine.faults.list() });
    }),
  );
  app.delete(`${control}/faults`, (c) => {
    engine.faults.clear();
    return c.json({ faults: [] });
  });
  app.post(`${control}/rotate`, (c) =>
    withBody(c, rotateSchema, (rotation) => {
      engine.rotate(rotation);
      return c.json({ rotated: Object.keys(rotation) });
    }),
  );
  app.all(`${control}/*`, () => controlError('unknownRoute'));
}

async function withBody<T>(
  c: Context,
  schema: z.ZodType<T>,
  act: (value: T) => Response,
): Promise<Response> {
  const parsed = schema.safeParse(parseJson(await c.req.text()));
  return parsed.success ? act(parsed.data) : invalidField(parsed.error);
}

/** An empty body counts as `{}`; one that is no JSON is refused by every schema. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text || '{}');
  } catch {
    return undefined;
  }
}

/** An order for looking at: no token, no page address, nothing of the buyer. */
function orderSummary(order: Order) {
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

function refundSummary(refund: Refund) {
  const { merchantRefundId, refundId, originalMerchantOrderId, amountInPaisa, state } = refund;
  return {
    merchantRefundId,
    refundId,
    originalMerchantOrderId,
    amountInPaisa,
    state,
    changedAt: new Date(refund.changedAt).toISOString(),
    ...(refund.failure && { detailedErrorCode: refund.failure.detailedErrorCode }),
  };
}

const errors = {
  unknownOrder: [404, 'UNKNOWN_ORDER', 'There is no order with this merchantOrderId.'],
  unknownRefund: [404, 'UNKNOWN_REFUND', 'There is no refund with this merchantRefundId.'],
  refundRefused: [
    409,
    'REFUND_REFUSED',
    'PhonePe would not pay this back: not paid, too old, another one under way, more than is left or than the balance.',
  ],
  unknownRoute: [404, 'UNKNOWN_ROUTE', 'There is no such control call.'],
  alreadyFinished: [
    409,
    'ALREADY_FINISHED',
    'This has already ended; only a failed order can still be paid.',
  ],
} as const;

function controlError(kind: keyof typeof errors): Response {
  const [status, code, message] = errors[kind];
  return Response.json({ success: false, message, error: { code, message } }, { status });
}

/** 400 with the name of the first field that is wrong. */
function invalidField(error: z.ZodError): Response {
  const [issue] = error.issues;
  const field = fieldOf(issue);
  const message = `${field}: ${issue?.message ?? 'invalid'}`;
  const body = { success: false, message, error: { code: 'INVALID_REQUEST', message, field } };
  return Response.json(body, { status: 400 });
}

function fieldOf(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === 'unrecognized_keys') return issue.keys.join(', ');
  return issue?.path.join('.') || 'body';
}
