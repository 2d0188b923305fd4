import { decodeSqsQuery } from '../sqs/query-protocol/decode-query.ts';
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
 * or by the form field Action (query protocol, its service named by the credential scope).
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
  const contentType = request.headers['content-type'] ?? '';
  if (request.method === 'POST' && contentType.startsWith('application/x-www-form-urlencoded')) {
    return identifyByAction(request);
  }
  return undefined;
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

function identifyByAction(request: LocalRequest): CloudCall | undefined {
  const form = new URLSearchParams(request.body.toString('utf8'));
  const operation = form.get('Action');
  if (!operation) return undefined;
  const service = servicesByScope.get(findCredentialScope(request) ?? 'sts');
  if (!service) return undefined;
  const body = service === 'sqs' ? decodeSqsQuery(form) : Object.fromEntries(form);
  return { service, operation, body, protocol: 'query' };
}

/** The service a request was signed for, e.g. `sqs` in `Credential=KEY/DATE/REGION/sqs/aws4_request`. */
function findCredentialScope(request: LocalRequest): string | undefined {
  return /Credential=[^,\s]+\/\d{8}\/[^/,\s]+\/([^/,\s]+)\//.exec(
    request.headers.authorization ?? '',
  )?.[1];
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
