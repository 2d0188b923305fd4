import type { ErrorBody } from '@cloudnestle/contracts/http/error';
import type { SummaryFields } from '@cloudnestle/contracts/log-fields';
import middy from '@middy/core';
import httpJsonBodyParser from '@middy/http-json-body-parser';
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  Context,
} from 'aws-lambda';
import * as z from 'zod';
import { describeError, RetryLaterError } from '../errors.ts';
import { logSummary } from '../logger.ts';
import type { Platform } from '../platform.ts';
import { runUnit } from '../unit-of-work.ts';
import { HttpError, invalidRequest, unavailable } from './errors.ts';

/** Larger bodies are answered 413. */
export const MAX_BODY_BYTES = 100 * 1024;

export interface HttpRequest {
  requestId: string;
  method: string;
  /** The route's path as the topology spells it, `/payments/status/{transactionId}`. */
  route: string;
  /** Parsed JSON; undefined on routes that read the raw bytes. Unchecked: parse it with a schema. */
  body: unknown;
  /** The bytes as they came, base64 undone. */
  rawBody: Uint8Array;
  /** Names lower-cased. */
  headers: Readonly<Record<string, string | undefined>>;
  pathParameters: Readonly<Record<string, string | undefined>>;
  query: Readonly<Record<string, string | undefined>>;
  traceparent: string | undefined;
  /** What the API's JWT authorizer has verified, as it renders it; undefined where none stands before the route. */
  claims: Readonly<Record<string, unknown>> | undefined;
}

/** A file for the browser, as it is. */
export interface FileAnswer {
  statusCode: number;
  file: { bytes: Uint8Array; contentType: string; name: string };
  summary: Partial<SummaryFields> & { outcome: string };
}

export interface HttpAnswer {
  statusCode: number;
  body: Readonly<Record<string, unknown>>;
  headers?: Record<string, string>;
  /** What the summary line says: an outcome, ids. */
  summary: Partial<SummaryFields> & { outcome: string };
}

export interface Endpoint {
  /** Name in log lines. */
  unit: string;
  /** `json`: the body must be a JSON object. `raw`: bytes only. `none`: there is no body. */
  reads: 'json' | 'raw' | 'none';
  /** Answers, or throws an `HttpError` for an error answer. */
  handle(request: HttpRequest): Promise<HttpAnswer | FileAnswer>;
}

export type HttpHandler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

/** Wraps an endpoint as a Lambda behind an HTTP API (payload 2.0): body limits, JSON, error answers, one summary line. */
export function buildHttpHandler(platform: Platform, endpoint: Endpoint): HttpHandler {
  const handler = middy(async (event: APIGatewayProxyEventV2) => {
    return endpoint.handle(toRequest(event));
  });
  if (endpoint.reads === 'json') handler.use(httpJsonBodyParser());
  const run: HttpHandler = async (event, context) => {
    const startedAt = platform.now();
    const requestId = event.requestContext.requestId;
    const answer = await answerSafely(event, () => handler(event, context));
    const { statusCode, summary } = answer;
    const durationMs = platform.now().getTime() - startedAt.getTime();
    const level = statusCode >= 500 ? 'error' : 'info';
    logSummary(
      platform.log,
      { unit: endpoint.unit, requestId, statusCode, durationMs, ...summary },
      level,
    );
    if ('file' in answer) return answerFile(answer);
    const headers = {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      ...answer.headers,
    };
    // Not modified: there is no body.
    if (statusCode === 304) return { statusCode, headers };
    return { statusCode, headers, body: JSON.stringify({ ...answer.body, requestId }) };
  };
  return (event, context) => runUnit(() => run(event, context));
}

function answerFile({ statusCode, file }: FileAnswer): APIGatewayProxyStructuredResultV2 {
  const { bytes, contentType, name } = file;
  return {
    statusCode,
    headers: {
      'content-type': contentType,
      'content-disposition': `inline; filename="${name}"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
    body: Buffer.from(bytes).toString('base64'),
    isBase64Encoded: true,
  };
}

async function answerSafely(
  event: APIGatewayProxyEventV2,
  work: () => Promise<HttpAnswer | FileAnswer>,
): Promise<HttpAnswer | FileAnswer> {
  try {
    if (bodyBytes(event).byteLength > MAX_BODY_BYTES) {
      throw new HttpError(413, 'BODY_TOO_LARGE', 'The request is too large.');
    }
    return await work();
  } catch (error) {
    return toErrorAnswer(toHttpError(error));
  }
}

function toRequest(event: APIGatewayProxyEventV2 & { body?: unknown }): HttpRequest {
  const headers = Object.fromEntries(
    Object.entries(event.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return {
    requestId: event.requestContext.requestId,
    method: event.requestContext.http.method,
    // `POST /payments/...`. Unlike the path that was called, it bears no base path of a domain's mapping.
    route: event.routeKey.slice(event.routeKey.indexOf(' ') + 1),
    body: event.body,
    rawBody: typeof event.body === 'string' ? bodyBytes(event) : new Uint8Array(),
    headers,
    pathParameters: event.pathParameters ?? {},
    query: event.queryStringParameters ?? {},
    traceparent: headers.traceparent,
    claims: readClaims(event.requestContext),
  };
}

function readClaims(context: APIGatewayProxyEventV2['requestContext']): HttpRequest['claims'] {
  // Asked first: nothing is parsed on the routes that have no authorizer.
  if (!('authorizer' in context)) return undefined;
  return claimsSchema.safeParse(context).data?.authorizer.jwt.claims;
}

const claimsSchema = z.object({
  authorizer: z.object({ jwt: z.object({ claims: z.record(z.string(), z.unknown()) }) }),
});

function bodyBytes(event: APIGatewayProxyEventV2): Uint8Array {
  return Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
}

function toHttpError(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  // The body parser says 415 for a missing content type and 422 for bad JSON; the API's word for both is 400.
  const status = statusOf(error);
  if (status === 415)
    return invalidRequest([{ field: 'content-type', message: 'must be application/json' }]);
  if (status === 422) return invalidRequest([{ field: 'body', message: 'must be JSON' }]);
  const reason = describeError(error);
  if (isDependencyTrouble(error)) return unavailable(reason);
  return new HttpError(500, 'INTERNAL_ERROR', 'Something went wrong on our side.', { reason });
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return undefined;
  return typeof error.statusCode === 'number' ? error.statusCode : undefined;
}

/** AWS SDK errors, broken connections and what says so itself: the caller may try again; everything else is a bug. */
function isDependencyTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof RetryLaterError) return true;
  return '$metadata' in error || 'code' in error || error.name === 'TimeoutError';
}

function toErrorAnswer(error: HttpError): HttpAnswer {
  const { fields, ...rest } = error.extra;
  const body: Omit<ErrorBody, 'requestId'> = {
    success: false,
    message: error.message,
    error: { code: error.code, message: error.message, ...(fields ? { fields } : {}) },
    ...rest,
  };
  return {
    statusCode: error.statusCode,
    body,
    headers:
      error.retryAfterSeconds === undefined
        ? {}
        : { 'retry-after': String(error.retryAfterSeconds) },
    summary: {
      ...error.summary,
      outcome: error.code,
      ...(error.reason ? { reason: error.reason } : {}),
    },
  };
}

/** The request's body by its contract, or a 400 that names every field at fault. */
export function parseBody<Schema extends z.ZodType>(
  schema: Schema,
  body: unknown,
): z.infer<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw invalidRequest(
    parsed.error.issues.map((issue) => ({
      field: issue.path.join('.') || 'body',
      message: describeIssue(issue),
    })),
  );
}

function describeIssue(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_type') return issue.message;
  // zod's own words are for developers: "expected string, received undefined".
  return issue.message.endsWith('undefined') ? 'is missing' : `must be ${nameOf(issue.expected)}`;
}

function nameOf(type: string): string {
  return (
    { string: 'text', int: 'a whole number', number: 'a number', object: 'an object' }[type] ?? type
  );
}
