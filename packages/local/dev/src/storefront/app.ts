import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ErrorBody } from '@cloudnestle/contracts/http/error';
import { transactionIdSchema } from '@cloudnestle/contracts/ids';
import { DEFAULT_SOLUTION_ID } from '@cloudnestle/payments/catalogue';
import { type Context, Hono } from 'hono';
import { buildOffers } from './offers.ts';
import type { DemoAccount, StorefrontOptions } from './options.ts';
import { answerPage } from './pages/layout.ts';
import { returnPage } from './pages/return-page.ts';
import { shopPage } from './pages/shop-page.ts';

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

/** The one payment a return address names; undefined where it names none, several, or something that is no id. */
function readTransactionId(values: readonly string[] | undefined): string | undefined {
  if (values?.length !== 1) return undefined;
  const parsed = transactionIdSchema.safeParse(values[0]);
  return parsed.success ? parsed.data : undefined;
}

/**
 * `GET /demo/account/{userId}`: 200 with the account and its token, 404 for every id that is no demo user's. Every caller gets
 * the token: this is for the demo, where users have no password.
 */
async function answerAccount(
  c: Context,
  { demoUsers, readAccount, readToken }: StorefrontOptions,
  userId: string,
): Promise<Response> {
  c.header('cache-control', 'no-store');
  // Demo users have no password, so only their accounts and tokens may be read, whatever table stands behind.
  const isDemoUser = demoUsers.some((user) => user.userId === userId);
  const account = isDemoUser ? await readAccount(userId) : undefined;
  if (!account) return c.json(notFound(), 404);
  const token = await readToken(account);
  return c.json<DemoAccount>(token === undefined ? account : { ...account, token });
}

function notFound(): ErrorBody {
  const message = 'There is no such demo user.';
  return {
    success: false,
    message,
    error: { code: 'USER_NOT_FOUND', message },
    requestId: randomUUID(),
  };
}

const names = [
  'account-card.js',
  'account.js',
  'announce-return.js',
  'ask-status.js',
  'follow-payment.js',
  'follow-return.js',
  'money.js',
  'outcome-words.js',
  'return.js',
  'search-panel.js',
  'search-view.js',
  'search.js',
  'shop.js',
  'upgrade.js',
  'validate-token.js',
];

/** `GET /storefront/{name}`: the modules in `browser/`, exactly as they are written. */
function mountBrowserFiles(app: Hono): void {
  for (const name of names) {
    const source = readFileSync(new URL(`./browser/${name}`, import.meta.url), 'utf8');
    app.get(`/storefront/${name}`, (c) =>
      c.body(source, 200, {
        'content-type': 'text/javascript; charset=utf-8',
        'cache-control': 'no-cache',
        'x-content-type-options': 'nosniff',
      }),
    );
  }
}
