import { describeError } from '@cloudnestle/runtime/errors';
import { type HttpHandler, MAX_BODY_BYTES } from '@cloudnestle/runtime/http/handler';
import type { Log } from '@cloudnestle/runtime/logger';
import type { FunctionDefinition, HttpFunctionName, Route } from '@cloudnestle/topology/types';
import type { Context, Hono } from 'hono';
import type { ContextDependencies } from '../lambda/build-context.ts';
import { type Ceiling, createCeiling } from '../lambda/create-ceiling.ts';
import { invokeFunction } from '../lambda/invoke-function.ts';
import type { Authorizer } from './authorize/create-authorizer.ts';
import { buildAnswer } from './build-answer.ts';
import { buildHttpEvent } from './build-http-event.ts';
import {
  bodyTooLarge,
  internalError,
  methodNotAllowed,
  tooManyRequests,
  tryAgain,
  unauthenticated,
} from './error-answer.ts';
import type { GatewayEnv } from './gateway-env.ts';
import { readBody } from './read-body.ts';
import { createTokenBucket, type TokenBucket } from './throttle/create-token-bucket.ts';

/** A function with a route in front of it. */
export interface HttpFunction {
  definition: FunctionDefinition;
  handler: HttpHandler;
}

export interface ApiOptions extends ContextDependencies {
  routes: readonly Route[];
  /** Asked while mounting. */
  functionOf(name: HttpFunctionName): HttpFunction;
  /** Stands before the routes for admins. */
  authorizer: Authorizer;
  logOf(unit: string): Log;
}

/** What stands at one method of one path. */
interface MountedRoute extends HttpFunction {
  route: Route;
  bucket: TokenBucket;
  /** The function's, whatever route it is called by. */
  ceiling: Ceiling;
}

/** Mounts the topology's routes: one function behind each, answered as API Gateway answers. */
export function mountApi(app: Hono<GatewayEnv>, options: ApiOptions): void {
  const ceilings = new Map(
    options.routes.map((route) => {
      const { definition } = options.functionOf(route.function);
      return [route.function, createCeiling(definition.reservedConcurrency)];
    }),
  );
  for (const [path, routes] of Map.groupBy(options.routes, ({ path }) => path)) {
    const allowed = routes.map(({ method }) => method);
    const mounted = new Map<string, MountedRoute>(
      routes.map((route) => {
        const ceiling = ceilings.get(route.function) ?? createCeiling();
        return [route.method, { ...mountRoute(route, options), ceiling }];
      }),
    );
    app.all(path.replaceAll(/\{(\w+)\}/g, ':$1'), async (c) => {
      const found = mounted.get(c.req.method);
      return found ? invokeRoute(c, found, options) : methodNotAllowed(allowed);
    });
  }
}

function mountRoute(
  route: Route,
  { functionOf, nowMs }: ApiOptions,
): Omit<MountedRoute, 'ceiling'> {
  const bucket = createTokenBucket(route.throttle, nowMs);
  return { route, bucket, ...functionOf(route.function) };
}

async function invokeRoute(
  c: Context<GatewayEnv>,
  { route, bucket, ceiling, definition, handler }: MountedRoute,
  options: ApiOptions,
): Promise<Response> {
  // Neither logged nor counted: whoever floods a route must not flood the log, and API Gateway calls no function either.
  if (!bucket.take()) return tooManyRequests();
  const { incoming } = c.env;
  const requestId = options.newId();
  const authorization = route.adminOnly
    ? await options.authorizer(c.req.header('authorization'))
    : undefined;
  if (authorization?.kind === 'refused') {
    const { reason } = authorization;
    options.logOf('gateway').info('not authenticated', { requestId, reason });
    return unauthenticated(requestId);
  }
  const body = await readBody(incoming, MAX_BODY_BYTES);
  if (body.kind === 'tooLarge') return bodyTooLarge();
  if (body.kind === 'gone') return new Response(null, { status: 400 });
  const event = buildHttpEvent({
    route,
    incoming,
    pathParameters: c.req.param(),
    body: body.bytes,
    requestId,
    now: new Date(options.nowMs()),
    claims: authorization?.claims,
  });
  const leave = ceiling.enter();
  // As API Gateway answers for a function that Lambda does not start; as quiet as a throttle.
  if (!leave)
    return tryAgain('Something is busy right now. Please try again in a moment.', requestId);
  const invocation = await invokeFunction(definition, handler, event, options);
  leave();
  switch (invocation.kind) {
    case 'answered':
      return buildAnswer(invocation.result);
    case 'timedOut':
      options.logOf(route.function).error('timed out', {
        requestId,
        afterSeconds: invocation.afterSeconds,
      });
      return tryAgain('This took too long. Please try again in a moment.', requestId);
    case 'threw':
      options.logOf(route.function).error('threw', {
        requestId,
        reason: describeError(invocation.error),
      });
      return internalError(requestId);
  }
}
