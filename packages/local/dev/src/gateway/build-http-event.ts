import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { Route } from '@cloudnestle/topology/types';
import type { APIGatewayProxyEventV2, APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';

export interface HttpEventSource {
  route: Route;
  incoming: IncomingMessage;
  pathParameters: Record<string, string>;
  body: Buffer;
  requestId: string;
  now: Date;
  /** What the JWT authorizer hands over; undefined where none stands before the route. */
  claims: Readonly<Record<string, string>> | undefined;
}

/** The event an HTTP API makes of a request (API Gateway, payload format 2.0). Cookies are left out: nothing reads them. */
export function buildHttpEvent(
  source: HttpEventSource,
): APIGatewayProxyEventV2 | APIGatewayProxyEventV2WithJWTAuthorizer {
  const { route, incoming, pathParameters, body, requestId, now, claims } = source;
  const routeKey = `${route.method} ${route.path}`;
  const { path, search } = splitUrl(incoming.url ?? '/');
  const headers = joinHeaders(incoming);
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: search,
    headers,
    ...(search === '' ? {} : { queryStringParameters: joinQuery(search) }),
    ...(Object.keys(pathParameters).length === 0 ? {} : { pathParameters }),
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName: headers.host ?? 'localhost',
      domainPrefix: 'local',
      http: {
        method: route.method,
        path,
        protocol: `HTTP/${incoming.httpVersion}`,
        sourceIp: incoming.socket.remoteAddress ?? '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId,
      routeKey,
      stage: '$default',
      time: now.toUTCString(),
      timeEpoch: now.getTime(),
      // Scopes are null where the route asks for none, whatever the token says.
      ...(claims ? { authorizer: { jwt: { claims, scopes: null } } } : {}),
    },
    ...encodeBody(body, headers['content-type']),
  };
}

function splitUrl(url: string): { path: string; search: string } {
  const queryAt = url.indexOf('?');
  return queryAt < 0
    ? { path: url, search: '' }
    : { path: url.slice(0, queryAt), search: url.slice(queryAt + 1) };
}

/** Names lower-cased, repeated headers joined by commas. */
function joinHeaders(incoming: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(incoming.headersDistinct)
      .filter(([name]) => name !== 'cookie')
      .map(([name, values = []]) => [name, values.join(',')]),
  );
}

function joinQuery(search: string): Record<string, string> {
  const query = new URLSearchParams(search);
  return Object.fromEntries([...query.keys()].map((name) => [name, query.getAll(name).join(',')]));
}

/** Text types come as text, everything else as base64; so do bytes that are no text, whatever they claim to be. */
function encodeBody(body: Buffer, contentType = ''): { body?: string; isBase64Encoded: boolean } {
  if (body.length === 0) return { isBase64Encoded: false };
  const isText = /^(text\/|application\/(json|javascript|xml|.+\+json)\b)/i.test(contentType);
  return isText && isUtf8(body)
    ? { body: body.toString('utf8'), isBase64Encoded: false }
    : { body: body.toString('base64'), isBase64Encoded: true };
}
