import { errorBodySchema } from '@cloudnestle/contracts/http/error';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LocalRun } from '../src/start.ts';
import { postJson } from '../src/testing/buyer.ts';
import { startTestRun } from '../src/testing/start-test-run.ts';

let run: LocalRun;

beforeAll(async () => {
  const origin = 'https://search.example';
  run = await startTestRun({
    demoData: false,
    frontends: [{ id: 'search-app', origin, returnUrl: `${origin}/paid` }],
  });
});

afterAll(() => run?.stop());

test.each([
  ['GET', '/payments/nowhere', 404, 'NOT_FOUND'],
  ['GET', '/nowhere', 404, 'NOT_FOUND'],
  ['GET', '/payments/upgrade-to-pro', 405, 'METHOD_NOT_ALLOWED'],
  ['POST', '/payments/status/txn_MP-x-1732356000-abc123', 405, 'METHOD_NOT_ALLOWED'],
  ['PUT', '/payments/phonepe-webhook', 405, 'METHOD_NOT_ALLOWED'],
  ['GET', '/payments/reconciliation', 405, 'METHOD_NOT_ALLOWED'],
  ['POST', '/payments/reconciliation', 401, 'UNAUTHENTICATED'],
])('%s %s is %i', async (method, path, status, code) => {
  const answer = await fetch(`${run.url}${path}`, { method });
  expect(answer.status).toBe(status);
  expect(errorBodySchema.parse(await answer.json()).error.code).toBe(code);
});

test('a body over 100 KB is 413', async () => {
  const answer = await postJson(`${run.url}/payments/upgrade-to-pro`, { x: 'a'.repeat(102_400) });
  expect(answer.status).toBe(413);
  expect(errorBodySchema.parse(await answer.json()).error.code).toBe('BODY_TOO_LARGE');
});

test('a body that is no JSON, or not announced as such, is 400', async () => {
  const url = `${run.url}/payments/upgrade-to-pro`;
  const broken = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"userId":',
  });
  const untyped = await fetch(url, { method: 'POST', body: '{}' });
  for (const answer of [broken, untyped]) {
    expect(answer.status).toBe(400);
    expect(errorBodySchema.parse(await answer.json()).error.code).toBe('INVALID_REQUEST');
  }
});

test('CORS answers the storefront and the frontends that were given, no other page', async () => {
  const allowed = async (origin: string) => {
    const answer = await fetch(`${run.url}/payments/status/txn_MP-x-1732356000-abc123`, {
      headers: { origin },
    });
    return answer.headers.get('access-control-allow-origin');
  };
  expect(await allowed(run.url)).toBe(run.url);
  expect(await allowed('https://search.example')).toBe('https://search.example');
  expect(await allowed('https://evil.example')).toBeNull();
});

test('without demo data there are no demo users', async () => {
  expect(await run.readAccount('test-uuid-123')).toBeUndefined();
});
