import { createServer } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { expect, onTestFinished, test } from 'vitest';
import { createSandbox } from './create-sandbox.ts';
import { startSandbox } from './listen.ts';
import { credentials } from './testing/open-merchant.ts';

const auth = { kind: 'sha256', username: 'user', password: 'pass' } as const;
const webhook = { url: () => undefined, auth };

test('mounted in another server it keeps to its base path, and its faults still cut connections', async () => {
  const sandbox = createSandbox({ credentials, webhook, publicUrl: () => 'http://gateway.test' });
  const gateway = new Hono();
  gateway.get('/health', (c) => c.text('fine'));
  gateway.route('/', sandbox.app);
  gateway.notFound((c) => c.text('no such page', 404));
  const { url, close } = await listen(gateway);
  onTestFinished(close);

  expect(await (await fetch(`${url}/health`)).text()).toBe('fine');
  expect(await (await fetch(`${url}/other`)).text()).toBe('no such page');
  expect((await fetch(`${url}/phonepe/control/orders`)).status).toBe(200);
  sandbox.faults.set([{ operation: 'token', kind: 'reset' }]);
  const login = fetch(`${url}/phonepe/apis/pg-sandbox/v1/oauth/token`, { method: 'POST' });
  await expect(login).rejects.toThrow('fetch failed');
});

test('a taken port is an error, not a silent change', async () => {
  const first = await startSandbox({ credentials, webhook });
  onTestFinished(first.close);
  const port = Number(new URL(first.url).port);
  await expect(startSandbox({ credentials, webhook, port })).rejects.toThrow('EADDRINUSE');
});

async function listen(app: Hono) {
  const server = createAdaptorServer({ fetch: app.fetch, createServer });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
