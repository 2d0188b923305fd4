import type { HttpFunctionName } from '@cloudnestle/topology/types';
import type { APIGatewayProxyEventV2, APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import * as z from 'zod';
import type { HttpCall, HttpFront, HttpResult } from '../parts/http.ts';
import type { FunctionPool, Invocation, Simulation } from '../parts/simulation.ts';

const TYPICAL_MS = 30;
/** API Gateway's own limit. */
const LONGEST_MS = 29_000;

export function createHttpFront(
  simulation: Simulation,
  pools: Readonly<Record<HttpFunctionName, FunctionPool>>,
): HttpFront {
  const { scheduler, network, chance, faults, watch, trace } = simulation;
  return {
    request: (caller, call) =>
      new Promise((resolve) => {
        const answer = (result: HttpResult) => {
          timer.cancel();
          if (trace.isOn) tell(simulation, caller.name, call, result);
          scheduler.after(chance.latencyMs(TYPICAL_MS), caller, () => resolve(result));
        };
        const timer = scheduler.after(LONGEST_MS, network, () => answer(failed(503)));
        scheduler.after(chance.latencyMs(TYPICAL_MS), network, () => {
          if (faults.happens('httpRequestLost', 'people', 0.5, call.function)) {
            return answer({ kind: 'lost' });
          }
          const isAnswerLost = faults.happens('httpAnswerLost', 'people', 1, call.function);
          pools[call.function].invoke(buildEvent(simulation, call), (invocation) => {
            const result = toResult(invocation);
            if (invocation.kind === 'answered') {
              const endedAtMs = invocation.endedAtMs;
              const { isHeldUp, startedAtMs } = invocation;
              watch.answered({ call, startedAtMs, endedAtMs, result, isHeldUp });
            }
            answer(isAnswerLost ? { kind: 'lost' } : result);
          });
        });
      }),
  };
}

function toResult(invocation: Invocation): Extract<HttpResult, { kind: 'answered' }> {
  if (invocation.kind === 'throttled') return failed(503);
  if (invocation.kind !== 'answered') return failed(500);
  const { statusCode, headers, body } = answerSchema.parse(invocation.result);
  return { kind: 'answered', statusCode, headers, body: bodySchema.parse(JSON.parse(body)) };
}

const answerSchema = z.object({
  statusCode: z.number(),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.string().default('{}'),
});
const bodySchema = z.record(z.string(), z.unknown());

function tell({ trace }: Simulation, who: string, call: HttpCall, result: HttpResult): void {
  const said =
    result.kind === 'lost' ? 'no answer' : `${result.statusCode} ${JSON.stringify(result.body)}`;
  const about = JSON.stringify([call.path, call.query, textOf(call.body)]);
  trace.tell(who, `${call.method} ${call.function} -> ${said}`, about);
}

function textOf(body: HttpCall['body']): string {
  if (body instanceof Uint8Array) return new TextDecoder().decode(body);
  return JSON.stringify(body ?? {});
}

/** What API Gateway says of itself. */
function failed(statusCode: number): Extract<HttpResult, { kind: 'answered' }> {
  return { kind: 'answered', statusCode, headers: {}, body: { message: 'Internal Server Error' } };
}

function buildEvent(
  { scheduler, ids }: Simulation,
  call: HttpCall,
): APIGatewayProxyEventV2 | APIGatewayProxyEventV2WithJWTAuthorizer {
  const { method, path, body, claims } = call;
  const routeKey = `${method} ${path}`;
  const nowMs = scheduler.nowMs();
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: new URLSearchParams(call.query).toString(),
    headers: { 'content-type': 'application/json', ...call.headers },
    ...(call.query ? { queryStringParameters: call.query } : {}),
    ...(call.pathParameters ? { pathParameters: call.pathParameters } : {}),
    requestContext: {
      accountId: '000000000000',
      apiId: 'simulation',
      domainName: 'api.example',
      domainPrefix: 'api',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'simulation' },
      requestId: ids.next(),
      routeKey,
      stage: '$default',
      time: new Date(nowMs).toUTCString(),
      timeEpoch: nowMs,
      ...(claims
        ? { authorizer: { principalId: '', integrationLatency: 0, jwt: { claims, scopes: [] } } }
        : {}),
    },
    ...encodeBody(body),
  };
}

/** JSON comes as text. */
function encodeBody(body: HttpCall['body']): { body?: string; isBase64Encoded: boolean } {
  if (body === undefined) return { isBase64Encoded: false };
  return { body: textOf(body), isBase64Encoded: false };
}
