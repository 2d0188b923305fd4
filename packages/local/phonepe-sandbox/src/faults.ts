import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import * as z from 'zod';
import { apiError } from './api/answers.ts';
import type { Timers } from './create-timers.ts';
import type { SandboxEnv } from './options.ts';

export const operations = ['token', 'pay', 'status', 'refund', 'refundStatus'] as const;
export type Operation = (typeof operations)[number];

/** One planned misbehaviour of the API. */
export const faultSchema = z
  .strictObject({
    operation: z.enum([...operations, '*']),
    /**
     * `latency`: the answer comes late. `status`: an error answer. `hang`: no answer. `reset`: the connection is cut.
     * `malformed`: 200 with half a JSON document.
     */
    kind: z.enum(['latency', 'status', 'hang', 'reset', 'malformed']),
    /** Waited before anything else, with every kind. */
    latencyMs: z.int().min(0).max(600_000).optional(),
    /** Of kind `status`; default 500. */
    status: z.int().min(400).max(599).optional(),
    /** How many calls it meets; default 1, null: until cleared. */
    count: z.int().min(1).nullable().optional(),
    /** The call is carried out first and only its answer is lost: the caller cannot know the outcome. */
    afterEffect: z.boolean().optional(),
  })
  .refine(({ kind, latencyMs }) => kind !== 'latency' || latencyMs !== undefined, {
    path: ['latencyMs'],
    error: 'a latency needs its length',
  });
export type Fault = z.infer<typeof faultSchema>;

type FaultPlan = ReturnType<typeof createFaultPlan>;

/** Which call misbehaves next: the first planned fault that fits and is not used up. */
export function createFaultPlan() {
  let planned: { fault: Fault; left: number }[] = [];

  const plan = (fault: Fault) => ({
    fault,
    left: fault.count === null ? Infinity : (fault.count ?? 1),
  });

  return {
    /** Replaces whatever was planned. */
    set(faults: readonly Fault[]) {
      planned = faults.map(plan);
    },
    add(fault: Fault) {
      planned.push(plan(fault));
    },
    clear() {
      planned = [];
    },
    list: (): Fault[] =>
      planned.map(({ fault, left }) => ({ ...fault, count: left === Infinity ? null : left })),
    take(operation: Operation): Fault | undefined {
      const match = planned.find(
        ({ fault }) => fault.operation === '*' || fault.operation === operation,
      );
      if (!match) return undefined;
      match.left -= 1;
      planned = planned.filter(({ left }) => left > 0);
      return match.fault;
    },
  };
}

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
