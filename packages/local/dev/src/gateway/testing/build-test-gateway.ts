import { randomUUID } from 'node:crypto';
import { createSandbox } from '@cloudnestle/phonepe-sandbox/create-sandbox';
import type { HttpHandler } from '@cloudnestle/runtime/http/handler';
import type { Log } from '@cloudnestle/runtime/logger';
import { findFunction } from '@cloudnestle/topology/functions';
import type { Route } from '@cloudnestle/topology/types';
import { Hono } from 'hono';
import { createGateway } from '../create-gateway.ts';

/** The one frontend that CORS answers. */
export const FRONTEND_ORIGIN = 'https://shop.example';

/** A gateway with one handler behind every route; its authorizer takes `Bearer good` and nothing else. */
export function buildTestGateway(options: {
  url: string;
  routes: readonly Route[];
  handler: HttpHandler;
  log: Log;
  timeoutSeconds?: number;
  /** Of every function; default none. */
  reservedConcurrency?: number;
  nowMs?: () => number;
}) {
  const { url, routes, handler, log, timeoutSeconds, nowMs = Date.now } = options;
  const { reservedConcurrency = Number.POSITIVE_INFINITY } = options;
  return createGateway({
    routes,
    functionOf: (name) => ({
      definition: {
        ...findFunction(name),
        reservedConcurrency,
        ...(timeoutSeconds ? { timeoutSeconds } : {}),
      },
      handler,
    }),
    authorizer: async (header) =>
      header === 'Bearer good'
        ? { kind: 'passed', claims: { sub: 's', 'cognito:groups': '[a b]' } }
        : { kind: 'refused', reason: 'for the log' },
    logOf: () => log,
    nowMs,
    newId: randomUUID,
    frontends: [{ id: 'shop', origin: FRONTEND_ORIGIN, returnUrl: `${FRONTEND_ORIGIN}/back` }],
    sandbox: createSandbox({
      publicUrl: () => url,
      credentials: { clientId: 'a', clientSecret: 'b', clientVersion: '1', merchantId: 'c' },
      webhook: { url: () => undefined, auth: { kind: 'sha256', username: 'u', password: 'p' } },
    }),
    issuer: new Hono(),
    inbox: undefined,
    storefront: new Hono(),
  });
}
