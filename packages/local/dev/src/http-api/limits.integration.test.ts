import { errorBodySchema } from '@cloudnestle/contracts/http/error';
import { MAX_BODY_BYTES } from '@cloudnestle/runtime/http/handler';
import { createFakePlatform } from '@cloudnestle/runtime/testing/fake-platform';
import type { Route } from '@cloudnestle/topology/types';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type HttpApiServer, listen } from './listen.ts';
import { buildTestHttpApi, FRONTEND_ORIGIN } from './testing/build-test-http-api.ts';

const throttle = { burst: 2, ratePerSecond: 1 };
const routes: Route[] = [
  { method: 'POST', path: '/api/search', function: 'validateToken', adminOnly: false, throttle },
  { method: 'GET', path: '/api/search', function: 'paymentStatus', adminOnly: false, throttle },
  { method: 'POST', path: '/payments/admins', function: 'reconcile', adminOnly: true, throttle },
];

let server: HttpApiServer;
let platform: ReturnType<typeof createFakePlatform>;
let nowMs: number;
let invoked: string[];

beforeEach(async () => {
  platform = createFakePlatform();
  nowMs = 1_732_356_000_000;
  invoked = [];
  server = await listen('127.0.0.1', 0);
  const app = buildTestHttpApi({
    url: server.url,
    routes,
    handler: async ({ routeKey }) => {
      invoked.push(routeKey);
      return { statusCode: 200, body: '{"success":true}' };
    },
    log: platform.log,
    nowMs: () => nowMs,
  });
  server.serve(app);
});

afterEach(() => server.close({ waitMs: 50 }));

test('a call beyond the burst is a 429 that says when to come back and calls no function', async () => {
  expect(await statusesOf(4)).toEqual([200, 200, 429, 429]);
  const answer = await search();
  expect(answer.headers.get('retry-after')).toBe('1');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const { error, message } = errorBodySchema.parse(await answer.json());
  expect(error.code).toBe('TOO_MANY_REQUESTS');
  expect(message).toContain('try again');
  expect(invoked).toHaveLength(2);
});

test('calls go through again at the route’s rate', async () => {
  await statusesOf(2);
  nowMs += 999;
  expect(await statusesOf(1)).toEqual([429]);
  nowMs += 1;
  expect(await statusesOf(2)).toEqual([200, 429]);
});

test('every route has its own throttle, one method of a path and another too', async () => {
  await statusesOf(3);
  expect((await fetch(`${server.url}/api/search`)).status).toBe(200);
  expect(invoked.at(-1)).toBe('GET /api/search');
});

test('a browser of a frontend may read the 429, and its preflights are never throttled', async () => {
  await statusesOf(2);
  const refused = await search({ headers: { origin: FRONTEND_ORIGIN } });
  expect(refused.status).toBe(429);
  expect(refused.headers.get('access-control-allow-origin')).toBe(FRONTEND_ORIGIN);
  expect(refused.headers.get('access-control-expose-headers')).toContain('retry-after');
  const preflight = await search({
    method: 'OPTIONS',
    headers: { origin: FRONTEND_ORIGIN, 'access-control-request-method': 'POST' },
    body: null,
  });
  expect(preflight.status).toBe(204);
});

test('a throttled caller is asked for no token, and strangers use up tokens too', async () => {
  const ask = async () => (await fetch(`${server.url}/payments/admins`, { method: 'POST' })).status;
  expect([await ask(), await ask(), await ask()]).toEqual([401, 401, 429]);
});

test('a throttled body is not read, and the connection goes on', async () => {
  await statusesOf(2);
  const tooLarge = 'a'.repeat(MAX_BODY_BYTES + 1);
  expect((await search({ body: tooLarge })).status).toBe(429);
  nowMs += 1000;
  expect(await statusesOf(1)).toEqual([200]);
});

test('a flood leaves no line in the log', async () => {
  await statusesOf(2);
  const before = platform.lines.length;
  await statusesOf(20);
  expect(platform.lines).toHaveLength(before);
});

function search(init: RequestInit = {}): Promise<Response> {
  return fetch(`${server.url}/api/search`, { method: 'POST', body: '{}', ...init });
}

/** What so many calls, one after the other, are answered. */
async function statusesOf(calls: number): Promise<number[]> {
  const statuses: number[] = [];
  for (let call = 0; call < calls; call += 1) statuses.push((await search()).status);
  return statuses;
}
