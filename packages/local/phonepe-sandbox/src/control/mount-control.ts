import type { Context, Hono } from 'hono';
import type * as z from 'zod';
import { CONTROL_PATH } from '../addresses.ts';
import type { Engine } from '../create-engine.ts';
import { faultSchema } from '../faults/fault.ts';
import type { SandboxEnv } from '../support/sandbox-env.ts';
import { controlError, invalidField } from './control-answers.ts';
import { finishOrderSchema, finishRefundSchema, rotateSchema } from './control-schemas.ts';
import { orderSummary, refundSummary } from './summaries.ts';

/** The calls below `{base}/control`: what a person would do, faults on demand, and looking at what happened. */
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
