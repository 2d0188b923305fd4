import { decodeSqsQuery } from '../sqs/query-protocol/decode-query.ts';
import { findQueueInPath } from '../sqs/queue-url.ts';
import { AwsError } from './aws-error.ts';
import type { LocalRequest } from './request.ts';
import type { ServiceName } from './service-name.ts';
import { findSesOperation } from './ses-operations.ts';

/** One API call as a caller made it. `body` is the parsed JSON input, if there is any. */
export type CloudCall = {
  readonly service: ServiceName;
  readonly operation: string;
  readonly body: unknown;
  readonly protocol: 'json' | 'query';
};

/**
 * Finds the service and operation of a request: by X-Amz-Target (JSON services), by path (SES v2)
 * or by the field Action of a form or of the address (query protocol, its service named by the credential scope).
 *
 * Returns undefined for a request that is no AWS call this endpoint knows; throws
 * `SerializationException` for a body that is not JSON although the call says so.
 */
export function identifyCall(request: LocalRequest): CloudCall | undefined {
  const target = request.headers['x-amz-target'];
  if (typeof target === 'string') return identifyByTarget(target, request);
  if (request.url.startsWith('/v2/email/')) {
    const operation = findSesOperation(request.method, request.url);
    return { service: 'ses', operation, body: parseJson(request), protocol: 'json' };
  }
  const form = readForm(request);
  return form && identifyByAction(form, request);
}

function readForm({ method, url, headers, body }: LocalRequest): URLSearchParams | undefined {
  if (method === 'GET') return new URL(url, 'http://localhost').searchParams;
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  return method === 'POST' && isForm ? new URLSearchParams(body.toString('utf8')) : undefined;
}

function identifyByTarget(target: string, request: LocalRequest): CloudCall | undefined {
  const dot = target.lastIndexOf('.');
  const service = servicesByTarget.get(target.slice(0, dot));
  if (!service) return undefined;
  return {
    service,
    operation: target.slice(dot + 1),
    body: parseJson(request),
    protocol: 'json',
  };
}

function identifyByAction(form: URLSearchParams, request: LocalRequest): CloudCall | undefined {
  const operation = form.get('Action');
  if (!operation) return undefined;
  const queue = findQueueInPath(request.url);
  const service = servicesByScope.get(
    findCredentialScope(form, request) ?? (queue ? 'sqs' : 'sts'),
  );
  if (!service) return undefined;
  const body =
    service === 'sqs'
      ? { ...(queue && { QueueUrl: queue }), ...decodeSqsQuery(form) }
      : Object.fromEntries(form);
  return { service, operation, body, protocol: 'query' };
}

/** The service a request was signed for, e.g. `sqs` in `Credential=KEY/DATE/REGION/sqs/aws4_request`. */
function findCredentialScope(form: URLSearchParams, { headers }: LocalRequest): string | undefined {
  const signed = headers.authorization ?? `Credential=${form.get('X-Amz-Credential') ?? ''}`;
  return /Credential=[^,\s]+\/\d{8}\/[^/,\s]+\/([^/,\s]+)\//.exec(signed)?.[1];
}

function parseJson(request: LocalRequest): unknown {
  if (request.body.length === 0) return undefined;
  try {
    return JSON.parse(request.body.toString('utf8'));
  } catch {
    throw new AwsError('SerializationException', 'The request body is not valid JSON');
  }
}

/** The services that are spoken to by forms. */
const servicesByScope: ReadonlyMap<string, ServiceName> = new Map([
  ['sqs', 'sqs'],
  ['sts', 'sts'],
]);

const servicesByTarget: ReadonlyMap<string, ServiceName> = new Map([
  ['DynamoDB_20120810', 'dynamodb'],
  ['AmazonSQS', 'sqs'],
  ['AWSEvents', 'events'],
  ['secretsmanager', 'secretsmanager'],
  ['AWSCognitoIdentityProviderService', 'cognito-idp'],
]);
