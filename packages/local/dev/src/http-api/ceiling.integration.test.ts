import { createFakePlatform } from '@cloudnestle/runtime/testing/fake-platform';
import { waitFor } from '@cloudnestle/test-kit/wait-for';
import type { Route } from '@cloudnestle/topology/types';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type HttpApiServer, listen } from './listen.ts';
import { buildTestHttpApi } from './testing/build-test-http-api.ts';

const throttle = { burst: 1000, ratePerSecond: 1000 };
const open = { adminOnly: false, throttle };
const routes: Route[] = [
  { ...open, method: 'POST', path: '/api/search', function: 'validateToken' },
  { ...open, method: 'POST', path: '/payments/hook', function: 'webhook' },
  { ...open, method: 'GET', path: '/payments/back', function: 'callback' },
  { ...open, method: 'POST', path: '/payments/back', function: 'callback' },
];

let server: HttpApiServer;
let platform: ReturnType<typeof createFakePlatform>;
let running: number;
let finish: PromiseWithResolvers<void>;

beforeEach(async () => {
  platform = createFakePlatform();
  running = 0;
  finish = Promise.withResolvers();
  server = await listen('127.0.0.1', 0);
  const app = buildTestHttpApi({
    url: server.url,
    routes,
    reservedConcurrency: 3,
    handler: async () => {
      running += 1;
      await finish.promise;
      return { statusCode: 200, body: '{"success":true}' };
    },
    log: platform.log,
  });
  server.serve(app);
});
afterEach(() => server.close({ waitMs: 50 }));

test('a flood of searches gets its ceiling and no more, and takes no place of a webhook', async () => {
  const flood = await startCalls('/api/search', 3);
  const refused = await call('/api/search');
  expect(refused.status).toBe(503);
  expect(await refused.json()).toMatchObject({ error: { code: 'TRY_AGAIN' } });
  expect(refused.headers.get('retry-after')).not.toBeNull();
  const hooks = await startCalls('/payments/hook', 3);
  finish.resolve();
  expect(await statusesOf([...flood, ...hooks])).toEqual([200, 200, 200, 200, 200, 200]);
  expect((await call('/api/search')).status).toBe(200);
});

test('the routes of one function share its ceiling', async () => {
  const calls = [
    ...(await startCalls('/payments/back', 2)),
    ...(await startCalls('/payments/back', 1, 'GET')),
  ];
  expect((await call('/payments/back')).status).toBe(503);
  finish.resolve();
  expect(await statusesOf(calls)).toEqual([200, 200, 200]);
});

test('what cannot start leaves no line in the log', async () => {
  const calls = await startCalls('/api/search', 3);
  const before = platform.lines.length;
  for (let each = 0; each < 10; each += 1) await call('/api/search');
  expect(platform.lines).toHaveLength(before);
  finish.resolve();
  await statusesOf(calls);
});

function call(path: string, method = 'POST'): Promise<Response> {
  return fetch(`${server.url}${path}`, { method });
}

/** So many calls whose functions have all started, and have not ended. */
async function startCalls(path: string, count: number, method = 'POST') {
  const before = running;
  const calls = Array.from({ length: count }, () => call(path, method));
  await waitFor('the functions to run', async () => running === before + count);
  return calls;
}

async function statusesOf(calls: readonly Promise<Response>[]): Promise<number[]> {
  return (await Promise.all(calls)).map(({ status }) => status);
}
