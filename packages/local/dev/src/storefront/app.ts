import { randomUUID } from 'node:crypto';
import type { ErrorBody } from '@cloudnestle/contracts/http/error';
import { type Context, Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { answerPage } from './answer-page.ts';
import { mountMails } from './mails.ts';
import type { DemoAccount, StorefrontOptions } from './options.ts';

/** The addresses of the pages; which one is shown, the page's own code decides. */
const pagePaths = ['/', '/checkout', '/account', '/sign-in', '/payment/callback'];

/**
 * The demo storefront: the pages of `packages/web/storefront`, what they are told of this run (`/config.json`), the accounts of demo
 * users (`/demo/account/{userId}`) and the mails as pages. Mount it beside the API with `app.route('/', createStorefront(…))`:
 * its pages call `/payments/…` and `/api/…` on their own origin.
 */
export function createStorefront(options: StorefrontOptions): Hono {
  const { demoUsers, solutionId, inbox } = options;
  const app = new Hono();
  const answer = async (c: Context, path: string) => answerPage(c, await options.readPages(), path);
  for (const path of inbox ? [...pagePaths, '/inbox'] : pagePaths) {
    app.get(path, policy, (c) => answer(c, '/index.html'));
  }
  app.get('/assets/:name', (c) => answer(c, c.req.path));
  app.get('/mark.svg', (c) => answer(c, c.req.path));
  app.get('/config.json', (c) =>
    c.json({
      apiUrl: '',
      source: 'storefront',
      gatewayOrigins: ['self'],
      solutionId,
      demoUsers: demoUsers.map(({ userId, email, note }) => ({ userId, email, note })),
      hasInbox: inbox !== undefined,
    }),
  );
  app.get('/demo/account/:userId', (c) => answerAccount(c, options, c.req.param('userId')));
  if (inbox) mountMails(app, inbox);
  return app;
}

/** No script, style or picture but the storefront's own files; nothing inline. */
const policy = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'"],
    connectSrc: ["'self'"],
    frameSrc: ["'self'"],
    formAction: ["'none'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  // PhonePe knows a merchant by the page that a buyer comes from.
  referrerPolicy: 'strict-origin-when-cross-origin',
  // Plain http on this machine.
  strictTransportSecurity: false,
});

/**
 * `GET /demo/account/{userId}`: 200 with the account, its purchases and its token, 404 for every id that is no demo user's. Every
 * caller gets the token: this is for the demo, where users have no password.
 */
async function answerAccount(
  c: Context,
  { demoUsers, readAccount, readPurchases, readToken }: StorefrontOptions,
  userId: string,
): Promise<Response> {
  c.header('cache-control', 'no-store');
  // Demo users have no password, so only their accounts and tokens may be read, whatever table stands behind.
  const isDemoUser = demoUsers.some((user) => user.userId === userId);
  const account = isDemoUser ? await readAccount(userId) : undefined;
  if (!account) return c.json(notFound(), 404);
  const [token, purchases] = await Promise.all([readToken(account), readPurchases(userId)]);
  return c.json<DemoAccount>({
    ...account,
    ...purchases,
    ...(token === undefined ? {} : { token }),
  });
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
