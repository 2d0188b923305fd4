import type { Frontend } from '@cloudnestle/contracts/frontend';
import type { Inbox } from '@cloudnestle/local-aws/start';
import type { Sandbox } from '@cloudnestle/phonepe-sandbox/create-sandbox';
import { describeError } from '@cloudnestle/runtime/errors';
import { crossOrigin } from '@cloudnestle/topology/routes';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { createDocs } from '../docs/create-docs.ts';
import { internalError, methodNotAllowed, notFound } from './error-answer.ts';
import type { HttpApiEnv } from './listen.ts';
import { type ApiOptions, mountApi } from './mount-api.ts';

interface HttpApiOptions extends ApiOptions {
  /** CORS answers exactly these origins. */
  frontends: readonly Frontend[];
  sandbox: Sandbox;
  /** Signs the tokens that the authorizer takes. */
  issuer: Hono;
  /** Moves the run's clock; undefined where there is none to move. */
  clock?: Hono | undefined;
  /** Breaks subscribers on purpose; undefined where there are none to break. */
  faults?: Hono | undefined;
  /** Undefined where the run uses an endpoint that was given to it, which keeps the mails. */
  inbox: Inbox | undefined;
  /** Undefined: the run has no pages. */
  console?: Hono | undefined;
  storefront: Hono | undefined;
}

/** Everything behind the one address: API and its documents, token issuer, PhonePe sandbox, inbox, health, storefront. */
export function createHttpApi(options: HttpApiOptions): Hono<HttpApiEnv> {
  const { frontends, sandbox, issuer, clock, faults, inbox, storefront, logOf } = options;
  const app = new Hono<HttpApiEnv>();
  app.notFound(notFound);
  app.onError((error) => {
    logOf('gateway').error('failed', { reason: describeError(error) });
    return internalError();
  });
  const allowFrontends = cors({
    origin: frontends.map(({ origin }) => origin),
    allowMethods: [...crossOrigin.allowMethods],
    allowHeaders: [...crossOrigin.allowHeaders],
    exposeHeaders: [...crossOrigin.exposeHeaders],
    maxAge: crossOrigin.maxAgeSeconds,
  });
  for (const prefix of ['/payments/*', '/api/*']) app.use(prefix, allowFrontends);
  mountApi(app, options);
  app.get('/health', (c) => c.json({ status: 'ready' }));
  app.all('/health', () => methodNotAllowed(['GET', 'HEAD']));
  if (inbox) mountInbox(app, inbox);
  app.route('/', createDocs());
  app.route('/', issuer);
  if (clock) app.route('/', clock);
  if (faults) app.route('/', faults);
  app.route('/', sandbox.app);
  if (options.console) app.route('/', options.console);
  if (storefront) app.route('/', storefront);
  return app;
}

const PATH = '/inbox';

/** What the inbox page reads, and scripts: the mails' JSON at `/inbox/store`, one as a file, and the way to forget them. */
function mountInbox(app: Hono<HttpApiEnv>, inbox: Inbox): void {
  const serve = async ({ incoming, outgoing }: HttpApiEnv['Bindings']) =>
    (await inbox.handle(incoming, outgoing, PATH)) ? RESPONSE_ALREADY_SENT : notFound();
  for (const name of ['store', 'clear-store', 'get-emlContent']) {
    app.all(`${PATH}/${name}`, (c) => serve(c.env));
  }
}
