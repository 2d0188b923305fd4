import type { RouteKey } from '@cloudnestle/api-docs/openapi/operation';
import { DEFAULT_SOLUTION_ID } from '@cloudnestle/payments/catalogue';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { LocalRun } from '../start.ts';
import { finish, type Order, postJson, sendSimulatedWebhook, upgrade } from '../testing/buyer.ts';
import { startTestRun } from '../testing/start-test-run.ts';
import { holdToDocument } from './testing/hold-to-document.ts';

const buyer = { userId: 'test-uuid-123', email: 'test@example.com' };
const asked = { userId: buyer.userId, userEmail: buyer.email, tier: 'pro' };
const unknownOrder = 'MP-unknown-1732356000-abc123';

let run: LocalRun;
let order: Order;
let admin: string;

beforeAll(async () => {
  run = await startTestRun();
  order = await upgrade(run, buyer);
  admin = await issueToken(['admin']);
});

afterAll(() => run?.stop());

async function issueToken(groups: string[]): Promise<string> {
  const answer = await postJson(`${run.url}/local-issuer/token`, { groups });
  return z.object({ token: z.string() }).parse(await answer.json()).token;
}

/** Posts and holds the answer to the document. */
async function post(path: string, body: unknown, headers: Record<string, string> = {}) {
  const route: RouteKey = `POST ${path}`;
  return holdToDocument(route, await postJson(`${run.url}${path}`, body, headers));
}

async function get(route: RouteKey, path: string, init: RequestInit = {}) {
  return holdToDocument(route, await fetch(`${run.url}${path}`, init));
}

it('the upgrade call answers as documented', async () => {
  const path = '/payments/upgrade-to-pro';
  const other = { userId: 'uuid-only-456', userEmail: 'uuid-only@example.com', tier: 'pro' };
  const holder = { userId: 'already-pro-111', userEmail: 'already-pro@example.com', tier: 'pro' };
  expect(await post(path, asked)).toBe('200');
  expect(await post(path, {})).toBe('400 INVALID_REQUEST');
  expect(await post(path, { ...asked, tier: 'gold' })).toBe('400 INVALID_REQUEST');
  expect(await post(path, { ...asked, userEmail: 'x@example.com' })).toBe('404 USER_NOT_FOUND');
  expect(await post(path, holder)).toBe('409 ALREADY_PRO');
  expect(await post(path, { filler: 'a'.repeat(102_400) })).toBe('413 BODY_TOO_LARGE');
  run.sandbox.faults.add({ operation: 'pay', kind: 'status', status: 400 });
  expect(await post(path, other)).toBe('502 GATEWAY_REFUSED');
  run.sandbox.faults.add({ operation: 'pay', kind: 'status', status: 500 });
  expect(await post(path, other)).toBe('503 GATEWAY_UNAVAILABLE');
});

it('the search call answers as documented', async () => {
  const path = '/api/validate-solution-token';
  const account = await fetch(`${run.url}/demo/account/email-only-789`);
  const { token } = z.object({ token: z.string() }).parse(await account.json());
  const search = { token, solution_id: DEFAULT_SOLUTION_ID };
  const answers = new Set<string>();
  for (let times = 1; times <= 11; times += 1) answers.add(await post(path, search));
  expect([...answers]).toEqual(['200', '429']);
  expect(await post(path, { ...search, token: 'tok_unknown' })).toBe('403');
  expect(await post(path, { ...search, action: 'dance' })).toBe('400 INVALID_REQUEST');
});

describe('the browser’s return answers as documented', () => {
  const callback = '/payments/callback';

  it('to a program', async () => {
    const { transactionId, merchantOrderId } = order;
    const query = `${callback}?transactionId=${transactionId}`;
    expect(await post(callback, { transactionId })).toBe('200');
    expect(await post(callback, { merchantOrderId })).toBe('200');
    expect(await get('GET /payments/callback', query)).toBe('200');
    expect(await get('GET /payments/callback', callback)).toBe('400 INVALID_REQUEST');
    expect(await post(callback, { merchantOrderId: unknownOrder })).toBe('404 ORDER_NOT_FOUND');
  });

  it('to a browser', async () => {
    const form = new URLSearchParams({ transactionId: order.transactionId });
    const navigation = { method: 'POST', body: form, redirect: 'manual' } as const;
    expect(await get('POST /payments/callback', callback, navigation)).toBe('303');
  });
});

it('webhook, status and reconciliation answer as documented, before a payment and after', async () => {
  const { merchantOrderId, transactionId } = order;
  const webhook = '/payments/phonepe-webhook';
  const status = (id: string) =>
    get('GET /payments/status/{transactionId}', `/payments/status/${id}`);
  const simulate = async (...[id, authorization]: [string, string?]) =>
    holdToDocument(`POST ${webhook}`, await sendSimulatedWebhook(run, id, authorization));
  expect(await status(transactionId)).toBe('200');
  expect(await status('x')).toBe('400 INVALID_REQUEST');
  expect(await status(`txn_${unknownOrder}`)).toBe('404 ORDER_NOT_FOUND');
  expect(await simulate(merchantOrderId, 'wrong')).toBe('401 UNAUTHENTICATED');
  expect(await simulate(unknownOrder)).toBe('404 ORDER_NOT_FOUND');
  // The gateway has no outcome yet.
  expect(await simulate(merchantOrderId)).toBe('503 TRY_AGAIN');

  await finish(run, order, { outcome: 'COMPLETED', mode: 'UPI', webhook: 'lose' });
  // The books know of the payment before the buyer is Pro.
  await run.pollers.tiers.pause();
  expect(await simulate(merchantOrderId)).toBe('200');
  await run.idle();
  expect(await post('/payments/upgrade-to-pro', asked)).toBe('409 ALREADY_PAID');
  run.pollers.tiers.resume();
  await run.idle();
  expect(await simulate(merchantOrderId)).toBe('200');
  expect(await status(transactionId)).toBe('200');

  const path = '/payments/reconciliation';
  const authorization = `Bearer ${admin}`;
  const today = new Date().toISOString();
  const report = { action: 'generate_report', startDate: today.slice(0, 10), endDate: today };
  expect(await post(path, { transactionId })).toBe('401 UNAUTHENTICATED');
  const stranger = `Bearer ${await issueToken(['sellers'])}`;
  expect(await post(path, { transactionId }, { authorization: stranger })).toBe('403 FORBIDDEN');
  expect(await post(path, { transactionId }, { authorization })).toBe('200');
  expect(await post(path, report, { authorization })).toBe('200');
  expect(await post(path, {}, { authorization })).toBe('400 INVALID_REQUEST');
  expect(await post(path, { transactionId: `txn_${unknownOrder}` }, { authorization })).toBe(
    '404 ORDER_NOT_FOUND',
  );
});
