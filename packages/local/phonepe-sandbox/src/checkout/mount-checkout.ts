import type { Context, Hono } from 'hono';
import type { Engine } from '../create-engine.ts';
import type { Order } from '../orders/order.ts';
import type { SandboxEnv } from '../support/sandbox-env.ts';
import { answerPage } from './answer-page.ts';
import { endings, pageFormSchema } from './endings.ts';
import { finishedPage } from './finished-page.ts';
import { isSameToken } from './is-same-token.ts';
import { notFoundPage } from './not-found-page.ts';
import { payPage } from './pay-page.ts';

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
