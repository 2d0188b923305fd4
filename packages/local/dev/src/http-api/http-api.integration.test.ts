import { request } from 'node:http';
import { errorBodySchema } from '@cloudnestle/contracts/http/error';
import { type HttpHandler, MAX_BODY_BYTES } from '@cloudnestle/runtime/http/handler';
import { createFakePlatform } from '@cloudnestle/runtime/testing/fake-platform';
import type { Route } from '@cloudnestle/topology/types';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type HttpApiServer, listen } from './listen.ts';
import { buildTestHttpApi } from './testing/build-test-http-api.ts';

const throttle = { burst: 1000, ratePerSecond: 1000 };
const routes: Route[] = [
  {
    method: 'POST',
    path: '/payments/upgrade-to-pro',
    function: 'upgrade',
    adminOnly: false,
    throttle,
  },
  {
    method: 'GET',
    path: '/payments/thing/{thingId}',
    function: 'paymentStatus',
    adminOnly: false,
    throttle,
  },
  {
    method: 'POST',
    path: '/payments/thing/{thingId}',
    function: 'upgrade',
    adminOnly: false,
    throttle,
  },
  {
    method: 'POST',
    path: '/payments/for-admins',
    function: 'reconcile',
    adminOnly: true,
    throttle,
  },
  {
    method: 'POST',
    path: '/api/search',
    function: 'validateToken',
    adminOnly: false,
    throttle,
  },
];

const platform = createFakePlatform();
let server: HttpApiServer;
let events: APIGatewayProxyEventV2[];
let handler: HttpHandler;

beforeEach(async () => {
  events = [];
  handler = async () => ({ statusCode: 200, body: '{"success":true}' });
  server = await listen('127.0.0.1', 0);
});

afterEach(() => server.close({ waitMs: 50 }));

test('a function sees the request as API Gateway would hand it over', async () => {
  open();
  const answer = await fetch(`${server.url}/payments/thing/a%20b?x=1&y=2&x=3`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'X-Mixed-Case': 'Yes', cookie: 'a=b' },
    body: '{"name":"₹"}',
  });

  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/json');
  const [event] = events;
  expect(event).toMatchObject({
    version: '2.0',
    routeKey: 'POST /payments/thing/{thingId}',
    rawPath: '/payments/thing/a%20b',
    rawQueryString: 'x=1&y=2&x=3',
    queryStringParameters: { x: '1,3', y: '2' },
    pathParameters: { thingId: 'a b' },
    body: '{"name":"₹"}',
    isBase64Encoded: false,
    requestContext: {
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      stage: '$default',
      http: { method: 'POST', path: '/payments/thing/a%20b', sourceIp: '127.0.0.1' },
    },
  });
  expect(event?.headers).toMatchObject({ 'x-mixed-case': 'Yes' });
  expect(event?.headers).not.toHaveProperty('cookie');
});

test.each([
  ['is no text type', 'application/octet-stream', Buffer.from('plain')],
  ['has no type', undefined, Buffer.from('plain')],
  ['claims to be text and is none', 'application/json', Buffer.from([0x7b, 0xff, 0xfe])],
])('a body that %s arrives as base64, byte for byte', async (_, type, body) => {
  open();
  await sendRaw({ headers: type === undefined ? {} : { 'content-type': type }, chunks: [body] });
  expect(events[0]?.isBase64Encoded).toBe(true);
  expect(Buffer.from(events[0]?.body ?? '', 'base64')).toEqual(body);
});

test('an answer keeps its status, headers and bytes', async () => {
  handler = async () => ({
    statusCode: 418,
    headers: { 'content-type': 'image/png', 'retry-after': 7 },
    body: Buffer.from([1, 2, 250]).toString('base64'),
    isBase64Encoded: true,
  });
  open();
  const answer = await post('/payments/upgrade-to-pro');
  expect(answer.status).toBe(418);
  expect(answer.headers.get('content-type')).toBe('image/png');
  expect(answer.headers.get('retry-after')).toBe('7');
  expect(new Uint8Array(await answer.arrayBuffer())).toEqual(new Uint8Array([1, 2, 250]));
});

test('an unknown address is 404 in the API’s own error shape', async () => {
  open();
  const answer = await fetch(`${server.url}/payments/nowhere`);
  expect(answer.status).toBe(404);
  expect(errorBodySchema.parse(await answer.json()).error.code).toBe('NOT_FOUND');
});

test.each([
  ['GET', '/payments/upgrade-to-pro', 'POST'],
  ['HEAD', '/payments/upgrade-to-pro', 'POST'],
  ['DELETE', '/payments/thing/1', 'GET, POST'],
  ['POST', '/health', 'GET, HEAD'],
])('%s %s is 405 and says what is allowed', async (method, path, allowed) => {
  open();
  const answer = await fetch(`${server.url}${path}`, { method });
  expect(answer.status).toBe(405);
  expect(answer.headers.get('allow')).toBe(allowed);
  expect(events).toHaveLength(0);
});

test('a body of exactly 100 KB passes, one byte more is 413, announced or not', async () => {
  open();
  const json = { 'content-type': 'text/plain' };
  const whole = Buffer.alloc(MAX_BODY_BYTES, 'a');
  expect((await sendRaw({ headers: json, chunks: [whole] })).status).toBe(200);

  const announced = await sendRaw({
    headers: { ...json, 'content-length': String(MAX_BODY_BYTES + 1) },
    chunks: [whole, Buffer.from('b')],
  });
  expect(announced.status).toBe(413);
  expect(errorBodySchema.parse(JSON.parse(announced.body)).error.code).toBe('BODY_TOO_LARGE');

  const streamed = await sendRaw({ headers: json, chunks: [whole, Buffer.from('b')] });
  expect(streamed.status).toBe(413);
  expect(events).toHaveLength(1);
});

test('a far too large body is answered before it has been sent', async () => {
  open();
  const answer = await sendRaw({
    headers: { 'content-length': String(1024 * MAX_BODY_BYTES) },
    chunks: [Buffer.from('only the beginning')],
    keepsOpen: true,
  });
  expect(answer.status).toBe(413);
});

test('a function that takes longer than its timeout is 503 with Retry-After', async () => {
  handler = () => new Promise(() => undefined);
  open({ timeoutSeconds: 0.05 });
  const answer = await post('/payments/upgrade-to-pro');
  expect(answer.status).toBe(503);
  expect(answer.headers.get('retry-after')).toBe('2');
  expect(errorBodySchema.parse(await answer.json()).error.code).toBe('TRY_AGAIN');
});

test('a function that throws is 500, and only the log says why', async () => {
  handler = async () => {
    throw new Error('the inner workings');
  };
  open();
  const answer = await post('/payments/upgrade-to-pro');
  const body = errorBodySchema.parse(await answer.json());
  expect(answer.status).toBe(500);
  expect(JSON.stringify(body)).not.toContain('inner workings');
  expect(platform.lines.at(-1)).toMatchObject({
    level: 'error',
    fields: { reason: 'Error: the inner workings', requestId: body.requestId },
  });
});

test('CORS answers exactly the frontends’ origins, errors included', async () => {
  open();
  const ask = (origin: string, path = '/payments/upgrade-to-pro', method = 'POST') =>
    fetch(`${server.url}${path}`, { method, headers: { origin } });
  const allow = 'access-control-allow-origin';

  expect((await ask('https://shop.example')).headers.get(allow)).toBe('https://shop.example');
  expect((await ask('https://shop.example', '/payments/nowhere')).headers.get(allow)).toBe(
    'https://shop.example',
  );
  expect((await ask('https://shop.example', undefined, 'GET')).headers.get(allow)).toBe(
    'https://shop.example',
  );
  for (const stranger of ['https://evil.example', 'https://shop.example.evil.example', 'null']) {
    expect((await ask(stranger)).headers.get(allow)).toBeNull();
  }
});

test.each(['/payments/upgrade-to-pro', '/api/search'])(
  'a preflight of %s says what a frontend may send',
  async (path) => {
    open();
    const answer = await fetch(`${server.url}${path}`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://shop.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://shop.example');
    expect(answer.headers.get('access-control-allow-methods')).toBe('GET,POST');
    expect(events).toHaveLength(0);
  },
);

test('a route for admins hands the verified claims over, and no other route has any', async () => {
  open();
  await post('/payments/for-admins', { authorization: 'Bearer good' });
  await post('/payments/upgrade-to-pro', { authorization: 'Bearer good' });
  expect(events[0]?.requestContext).toMatchObject({
    authorizer: { jwt: { claims: { sub: 's', 'cognito:groups': '[a b]' }, scopes: null } },
  });
  expect(events[1]?.requestContext).not.toHaveProperty('authorizer');
});

test.each([undefined, 'Bearer bad'])('a route for admins answers 401 to %j', async (header) => {
  open();
  const answer = await post('/payments/for-admins', header ? { authorization: header } : {});
  const body = errorBodySchema.parse(await answer.json());
  expect(answer.status).toBe(401);
  expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  expect(body.error.code).toBe('UNAUTHENTICATED');
  expect(platform.lines.at(-1)).toMatchObject({
    fields: { reason: 'for the log', requestId: body.requestId },
  });
  expect(JSON.stringify(body)).not.toContain('for the log');
  expect(events).toHaveLength(0);
});

test('a browser of a frontend may ask beforehand, without a token, and may read the 401', async () => {
  open();
  const origin = 'https://shop.example';
  const preflight = await fetch(`${server.url}/payments/for-admins`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('access-control-allow-origin')).toBe(origin);
  expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization');
  const refused = await post('/payments/for-admins', { origin });
  expect(refused.status).toBe(401);
  expect(refused.headers.get('access-control-allow-origin')).toBe(origin);
});

test('health is 503 until there is something behind the address, then 200', async () => {
  const before = await fetch(`${server.url}/health`);
  expect(before.status).toBe(503);
  expect(errorBodySchema.parse(await before.json()).error.code).toBe('TRY_AGAIN');
  open();
  expect((await fetch(`${server.url}/health`)).status).toBe(200);
});

test('closing waits for open requests only so long', async () => {
  const entered = Promise.withResolvers<void>();
  handler = () => {
    entered.resolve();
    return new Promise(() => undefined);
  };
  open();
  const answer = post('/payments/upgrade-to-pro').catch(() => 'cut');
  await entered.promise;
  expect(server.openRequests()).toBe(1);
  await server.close({ waitMs: 20 });
  expect(await answer).toBe('cut');
});

/** Puts routes with one handler behind the address. */
function open(overrides: { timeoutSeconds?: number } = {}): void {
  const app = buildTestHttpApi({
    url: server.url,
    routes,
    handler: (event, context) => {
      events.push(event);
      return handler(event, context);
    },
    log: platform.log,
    ...overrides,
  });
  server.serve(app);
}

function post(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: '{}',
  });
}

/** A request written by hand: in chunks, with or without a length, and possibly never finished. */
function sendRaw(options: {
  headers: Record<string, string>;
  chunks: Buffer[];
  keepsOpen?: boolean;
}): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(`${server.url}/payments/upgrade-to-pro`, {
      method: 'POST',
      headers: options.headers,
    });
    outgoing.on('error', reject);
    outgoing.on('response', (incoming) => {
      const parts: Buffer[] = [];
      incoming.on('data', (part: Buffer) => parts.push(part));
      incoming.on('end', () => {
        resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(parts).toString() });
        outgoing.destroy();
      });
    });
    for (const chunk of options.chunks) outgoing.write(chunk);
    if (!options.keepsOpen) outgoing.end();
  });
}
