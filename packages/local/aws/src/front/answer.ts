import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { AwsError } from './aws-error.ts';
import type { ServiceName } from './service-name.ts';

/** A whole HTTP answer, not yet written to a socket. */
export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
};

/** Writes an answer to the caller; a caller that has left is ignored. */
export function writeAnswer(response: ServerResponse, answer: Answer): void {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(answer.status, {
    ...answer.headers,
    'content-length': Buffer.byteLength(answer.body),
  });
  response.end(answer.body);
}

/** The answer of an AWS JSON operation that succeeded. */
export function buildJsonAnswer(contentType: string, output: unknown): Answer {
  return {
    status: 200,
    headers: { 'content-type': contentType, 'x-amzn-requestid': randomUUID() },
    body: JSON.stringify(output),
  };
}

/** An error in the protocol its caller speaks, so that SDKs see its name and message. */
export function buildCallError(
  call: { readonly service: ServiceName; readonly protocol: 'json' | 'query' },
  error: AwsError,
): Answer {
  return call.protocol === 'query'
    ? buildXmlErrorAnswer(error)
    : buildErrorAnswer(call.service, error);
}

/** An error in a service's own protocol. */
export function buildErrorAnswer(service: ServiceName, error: AwsError): Answer {
  if (service === 'sts') return buildXmlErrorAnswer(error);
  return {
    status: error.status,
    headers: {
      'content-type': contentTypes[service],
      'x-amzn-requestid': randomUUID(),
      ...(service === 'ses' && { 'x-amzn-errortype': error.errorType }),
      ...(service === 'sqs' && {
        'x-amzn-query-error': `${error.errorType};${error.status < 500 ? 'Sender' : 'Receiver'}`,
      }),
    },
    body: JSON.stringify({
      __type: `${namespaces[service]}${error.errorType}`,
      message: error.message,
    }),
  };
}

/** An error of AWS's query protocol (STS, and SQS as older command lines speak it). */
export function buildXmlErrorAnswer(error: AwsError): Answer {
  const requestId = randomUUID();
  const fault = error.status < 500 ? 'Sender' : 'Receiver';
  return {
    status: error.status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body:
      `<ErrorResponse><Error><Type>${fault}</Type><Code>${escapeXml(error.errorType)}</Code>` +
      `<Message>${escapeXml(error.message)}</Message></Error>` +
      `<RequestId>${requestId}</RequestId></ErrorResponse>`,
  };
}

/** Escapes text for an XML element. */
export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const contentTypes = {
  dynamodb: 'application/x-amz-json-1.0',
  sqs: 'application/x-amz-json-1.0',
  events: 'application/x-amz-json-1.1',
  secretsmanager: 'application/x-amz-json-1.1',
  ses: 'application/json',
  'cognito-idp': 'application/x-amz-json-1.1',
} as const;

const namespaces = {
  dynamodb: 'com.amazonaws.dynamodb.v20120810#',
  sqs: 'com.amazonaws.sqs#',
  events: '',
  secretsmanager: '',
  ses: '',
  'cognito-idp': '',
} as const;
