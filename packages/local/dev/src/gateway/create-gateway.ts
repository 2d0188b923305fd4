import type { Frontend } from '@cloudnestle/contracts/frontend';
import type { Inbox } from '@cloudnestle/local-aws/start';
import type { Sandbox } from '@cloudnestle/phonepe-sandbox/create-sandbox';
import { describeError } from '@cloudnestle/runtime/errors';
import { crossOrigin } from '@cloudnestle/topology/cross-origin';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { createDocs } from '../docs/create-docs.ts';
import { internalError, methodNotAllowed, notFound } from './error-answer.ts';
import type { GatewayEnv } from './gateway-env.ts';
import { type ApiOptions, mountApi } from './mount-api.ts';
import { mountInbox } from './mount-inbox.ts';

export interface GatewayOptions extends ApiOptions {
  /** CORS answers exactly these origins. */
  frontends: readonly Frontend[];
  sandbox: Sandbox;
  /** Signs the tokens that the authorizer takes. */
  issuer: Hono;
  /** Undefined where the mails are kept by somebody else's endpoint. */
  inbox: Inbox | undefined;
  storefront: Hono | undefined;
}

/** Everything behind the one address: API and its documents, token issuer, PhonePe sandbox, inbox, health, storefront. */
export function createGateway(options: GatewayOptions): Hono<GatewayEnv> {
  const { frontends, sandbox, issuer, inbox, storefront, logOf } = options;
  const app = new Hono<GatewayEnv>();
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
  app.route('/', sandbox.app);
  if (storefront) app.route('/', storefront);
  return app;
}
