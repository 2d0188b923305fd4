import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context, Hono } from 'hono';
import type { Engine } from '../create-engine.ts';
import type { SandboxEnv } from '../options.ts';
import type { Order } from '../orders/order.ts';
import { answerPage } from './layout.ts';
import { endings, finishedPage, notFoundPage, pageFormSchema, payPage } from './pages.ts';

/** The hosted page: `GET {base}/checkout/{orderId}?token=…`, and its form's POST to the same address. */
export function mountCheckout(
  app: Hono<SandboxEnv>,
  base: string,
  engine: Engine,
  merchantName: string,
) {
  const path = `${base}/checkout/:orderId`;

  function findOrder(c: Context): Order | undefined {
    const order = engine.orders.findByOrderId(c.req.param('orderId') ?? '');
    return order && isSameToken(c.req.query('token'), order.checkoutToken) ? order : undefined;
  }

  app.get(path, (c) => {
    const order = findOrder(c);
    if (!order) return answerPage(c, 404, (nonce) => notFoundPage(nonce));
    if (order.state !== 'PENDING')
      return answerPage(c, 200, (nonce) => finishedPage(order, { merchantName, nonce }));
    const secondsLeft = Math.ceil((order.expireAt - engine.now().getTime()) / 1000);
    const render = (nonce: string) => payPage(order, { merchantName, nonce, secondsLeft });
    return answerPage(c, 200, render);
  });

  app.post(path, async (c) => {
    const order = findOrder(c);
    if (!order) return answerPage(c, 404, (nonce) => notFoundPage(nonce));
    if (order.state !== 'PENDING') return seeOther(order.checkoutUrl);
    const form = pageFormSchema.safeParse(await c.req.parseBody());
    if (!form.success) return seeOther(order.checkoutUrl);
    const { action, mode } = form.data;
    engine.finish(order.merchantOrderId, { ...endings[action], mode });
    return seeOther(order.redirectUrl);
  });
}

/** Location byte for byte as given: PhonePe returns the buyer to the merchant's address unmodified. */
const seeOther = (location: string) => new Response(null, { status: 303, headers: { location } });

/** Compares in constant time, whatever the lengths. */
function isSameToken(given: string | undefined, expected: string): boolean {
  return given !== undefined && timingSafeEqual(digest(given), digest(expected));
}

const digest = (text: string) => createHash('sha256').update(text).digest();
