import { randomUUID } from 'node:crypto';
import { timeLimitMs } from '@cloudnestle/payments/time-limits';
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyEventV2WithJWTAuthorizer,
  Context,
  SQSRecord,
} from 'aws-lambda';
import type { HttpHandler } from '../http/handler.ts';
import type { QueueHandler } from '../queue/handler.ts';
import type { ScheduleHandler } from '../schedule-handler.ts';

export interface TestRequest {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  /** An object is sent as JSON; text and bytes as they are. */
  body?: unknown;
  pathParameters?: Record<string, string>;
  query?: Record<string, string>;
  /** What the API's JWT authorizer hands over; left out: the route has none. */
  claims?: Record<string, string>;
}

/** Calls an HTTP handler as API Gateway would (payload 2.0) and parses its JSON answer; of a file nothing is parsed. */
export async function invokeHttp(handler: HttpHandler, request: TestRequest) {
  const answer = await handler(buildHttpEvent(request), buildContext());
  const json = answer.isBase64Encoded ? '{}' : (answer.body ?? '{}');
  return {
    statusCode: answer.statusCode ?? 0,
    headers: answer.headers ?? {},
    body: JSON.parse(json) as Record<string, unknown>,
  };
}

/** Calls a queue handler with one batch. */
export function invokeQueue(handler: QueueHandler, records: SQSRecord[], context = buildContext()) {
  return handler({ Records: records }, context);
}

/** Runs a scheduled handler once, as EventBridge would. */
export function invokeSchedule(handler: ScheduleHandler, context = buildContext()) {
  return handler({}, context);
}

/** A queue record around an event as EventBridge writes it. */
export function buildRecord(
  event: { detailType: string; detail: unknown } | { body: string },
  options: { attempt?: number; attributes?: Record<string, string>; receiptHandle?: string } = {},
): SQSRecord {
  const now = Date.now();
  return {
    messageId: randomUUID(),
    receiptHandle: options.receiptHandle ?? 'handle',
    body: 'body' in event ? event.body : JSON.stringify(wrapInEnvelope(event)),
    attributes: {
      ApproximateReceiveCount: String(options.attempt ?? 1),
      SentTimestamp: String(now),
      SenderId: 'test',
      ApproximateFirstReceiveTimestamp: String(now),
    },
    messageAttributes: Object.fromEntries(
      Object.entries(options.attributes ?? {}).map(([name, value]) => [
        name,
        { dataType: 'String', stringValue: value },
      ]),
    ),
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:test',
    awsRegion: 'us-east-1',
  };
}

/** The bus's envelope around an event of ours. */
export function wrapInEnvelope(event: { detailType: string; detail: unknown }) {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': event.detailType,
    source: 'marketplace.payments',
    account: '000000000000',
    time: new Date().toISOString(),
    region: 'us-east-1',
    resources: [],
    detail: event.detail,
  };
}

function buildHttpEvent(
  request: TestRequest,
): APIGatewayProxyEventV2 | APIGatewayProxyEventV2WithJWTAuthorizer {
  const { method = 'POST', path = '/', body } = request;
  const bytes =
    body === undefined || body instanceof Uint8Array || typeof body === 'string'
      ? body
      : JSON.stringify(body);
  const isBytes = bytes instanceof Uint8Array;
  const text = isBytes ? Buffer.from(bytes).toString('base64') : bytes;
  return {
    version: '2.0',
    routeKey: `${method} ${path}`,
    rawPath: path,
    rawQueryString: new URLSearchParams(request.query).toString(),
    headers: { 'content-type': 'application/json', ...request.headers },
    ...(request.query ? { queryStringParameters: request.query } : {}),
    ...(request.pathParameters ? { pathParameters: request.pathParameters } : {}),
    requestContext: {
      accountId: '000000000000',
      apiId: 'test',
      domainName: 'test',
      domainPrefix: 'test',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
      requestId: randomUUID(),
      routeKey: `${method} ${path}`,
      stage: '$default',
      time: '',
      timeEpoch: Date.now(),
      ...(request.claims
        ? {
            authorizer: {
              principalId: '',
              integrationLatency: 0,
              jwt: { claims: request.claims, scopes: [] },
            },
          }
        : {}),
    },
    ...(text === undefined ? {} : { body: text }),
    isBase64Encoded: isBytes,
  };
}

/** A Lambda context with `timeoutMs` left at the start. */
export function buildContext(options: { timeoutMs?: number } = {}): Context {
  const endsAt = Date.now() + timeLimitMs(options.timeoutMs ?? 10_000);
  return {
    callbackWaitsForEmptyEventLoop: false,
    functionName: 'test',
    functionVersion: '1',
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:test',
    memoryLimitInMB: '256',
    awsRequestId: randomUUID(),
    logGroupName: 'test',
    logStreamName: 'test',
    getRemainingTimeInMillis: () => endsAt - Date.now(),
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
}
