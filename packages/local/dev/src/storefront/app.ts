import { DEFAULT_SOLUTION_ID } from '@cloudnestle/payments/catalogue';
import { Hono } from 'hono';
import type { StorefrontOptions } from '../storefront-options.ts';
import { answerAccount } from './answer-account.ts';
import { answerPage } from './answer-page.ts';
import { mountBrowserFiles } from './browser-files.ts';
import { buildOffers } from './offers.ts';
import { returnPage } from './pages/return-page.ts';
import { shopPage } from './pages/shop-page.ts';
import { readTransactionId } from './read-transaction-id.ts';

/**
 * The demo storefront: the shop at `/`, the return page at `/payment/callback`, and `/demo/account/{userId}` for both.
 * Mount it beside the API with `app.route('/', createStorefront(…))`: its pages call `/payments/…` and `/api/…` on their
 * own origin.
 */
export function createStorefront(options: StorefrontOptions): Hono {
  const { demoUsers } = options;
  const offers = buildOffers();
  const app = new Hono();
  app.get('/', (c) =>
    answerPage(c, 200, shopPage({ demoUsers, offers, solutionId: DEFAULT_SOLUTION_ID })),
  );
  app.get('/payment/callback', (c) => {
    const transactionId = readTransactionId(c.req.queries('transactionId'));
    return answerPage(c, transactionId ? 200 : 400, returnPage(transactionId));
  });
  app.get('/demo/account/:userId', (c) => answerAccount(c, options, c.req.param('userId')));
  mountBrowserFiles(app);
  return app;
}
