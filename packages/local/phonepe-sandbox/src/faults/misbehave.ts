import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import { apiError } from '../api/answers.ts';
import type { Timers } from '../support/create-timers.ts';
import type { SandboxEnv } from '../support/sandbox-env.ts';
import type { FaultPlan } from './create-fault-plan.ts';
import type { Fault, Operation } from './fault.ts';

/** Carries out the planned faults of one operation, before or instead of its answer. */
export function misbehave(
  operation: Operation,
  plan: FaultPlan,
  timers: Timers,
): MiddlewareHandler<SandboxEnv> {
  return createMiddleware<SandboxEnv>(async (c, next) => {
    const fault = plan.take(operation);
    if (!fault) return next();
    if (fault.latencyMs) await timers.wait(fault.latencyMs);
    if (fault.kind === 'latency' || fault.afterEffect) await next();
    if (fault.kind === 'latency') return;
    c.res = await badAnswer(fault, c.env?.incoming, c.req.raw.signal, timers);
  });
}

type Incoming = SandboxEnv['Bindings']['incoming'];

async function badAnswer(fault: Fault, incoming: Incoming, gone: AbortSignal, timers: Timers) {
  switch (fault.kind) {
    case 'hang':
      await Promise.race([aborted(gone), aborted(timers.stopped)]);
      return cutConnection(incoming);
    case 'reset':
      return cutConnection(incoming);
    case 'malformed':
      return new Response('{"orderId":"OMO', { headers: { 'content-type': 'application/json' } });
    default:
      return statusAnswer(fault.status ?? 500);
  }
}

function statusAnswer(status: number): Response {
  if (status === 401) return apiError('unauthorized');
  const code = status < 500 ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR';
  return Response.json({ code, message: 'Something went wrong.' }, { status });
}

/** Without a socket at hand (a call inside the process) the nearest thing is a gateway's 502. */
function cutConnection(incoming: Incoming): Response {
  if (!incoming) return new Response(null, { status: 502 });
  incoming.socket.destroy();
  return RESPONSE_ALREADY_SENT;
}

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
