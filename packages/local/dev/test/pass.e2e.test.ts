import { DEFAULT_SOLUTION_ID } from '@cloudnestle/payments/catalogue';
import { planOf, sampleRow } from '@cloudnestle/test-kit/samples';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import type { LocalRun } from '../src/start.ts';
import { finish, postJson } from '../src/testing/buyer.ts';
import { startTestRun } from '../src/testing/start-test-run.ts';
import {
  type Buyer,
  createTestMarketplace,
  type TestMarketplace,
} from '../src/testing/test-marketplace.ts';

let run: LocalRun;
let floor: TestMarketplace;

beforeAll(async () => {
  run = await startTestRun({ demoData: false });
  floor = createTestMarketplace(run);
});
afterAll(async () => {
  floor?.stop();
  await run?.stop();
});

const clockSchema = z.object({ now: z.iso.datetime(), aheadMs: z.int() });
const readClock = async () => clockSchema.parse(await (await fetch(`${run.url}/dev/clock`)).json());
async function advance(span: string) {
  const answer = await postJson(`${run.url}/dev/clock`, { advance: span });
  expect(answer.status).toBe(200);
  await run.idle();
  return clockSchema.parse(await answer.json());
}

/** A pass of a month, ordered as the upgrade call leaves it, and paid. */
async function buyPass({ userId, email }: Buyer) {
  const plan = planOf('basic-monthly');
  const { now } = await readClock();
  const row = sampleRow({
    userId,
    userEmail: email,
    plan,
    tier: plan.tier,
    amount: plan.amountInPaisa,
    createdAt: now,
  });
  await floor.put('transactions', { ...row });
  const { GATEWAY_AUTH_URL = '', GATEWAY_BASE_URL } = run.environmentOf('webhook');
  const body = new URLSearchParams({
    client_id: 'LOCAL_CLIENT',
    client_secret: 'local-client-secret',
    client_version: '1',
    grant_type: 'client_credentials',
  });
  const token = await fetch(GATEWAY_AUTH_URL, { method: 'POST', body });
  const { access_token } = z.object({ access_token: z.string() }).parse(await token.json());
  const { merchantOrderId, transactionId } = row;
  const opened = await postJson(
    `${GATEWAY_BASE_URL}/checkout/v2/pay`,
    {
      merchantOrderId,
      amount: plan.amountInPaisa,
      expireAfter: 1800,
      paymentFlow: { type: 'PG_CHECKOUT', merchantUrls: { redirectUrl: `${run.url}/back` } },
    },
    { authorization: `O-Bearer ${access_token}` },
  );
  expect(opened.status).toBe(200);
  await finish(run, { merchantOrderId, transactionId, redirectUrl: '' }, { outcome: 'COMPLETED' });
  await run.idle();
  return transactionId;
}

const tierOf = async ({ userId }: Buyer) =>
  (await floor.get('users', { userId }))?.subscriptionTier;
const recordTierOf = async (owner: string) =>
  (await floor.get('entitlements', { pk: `user#${owner}`, sk: `solution#${DEFAULT_SOLUTION_ID}` }))
    ?.access_tier;
async function limitOf(token: string) {
  const path = '/api/validate-solution-token';
  const answer = await postJson(`${run.url}${path}`, { token, solution_id: DEFAULT_SOLUTION_ID });
  return (await answer.json()) as Record<string, unknown>;
}
const subjectsTo = async ({ email }: Buyer) =>
  ((await run.cloud?.inbox.emails()) ?? [])
    .filter(({ destination }) => destination.to.includes(email))
    .map(({ subject }) => subject.replace(/\d+ \w+ \d{4}/, 'DAY'))
    // Each payment brings one, before or after the other mail about it: invoice.e2e.test.ts holds them.
    .filter((subject) => !subject.startsWith('Your invoice '));

test('a month can be seen to pass: a pass is bought, extended, reminded of, ends, and is bought again', async () => {
  const buyer = await floor.addBuyer();
  const [first, second] = [await buyPass(buyer), await buyPass(buyer)];
  expect(await tierOf(buyer)).toBe('basic');
  await advance('6m');
  await advance('31d');
  // A month has passed, and the second pass goes on.
  expect(await tierOf(buyer)).toBe('basic');
  await advance('27d');
  await advance('4d');
  expect(await tierOf(buyer)).toBe('registered');
  for (const owner of [buyer.userId, buyer.email]) {
    expect(await recordTierOf(owner)).toBe('registered');
  }
  const record = await floor.get('entitlements', {
    pk: `user#${buyer.userId}`,
    sk: `solution#${DEFAULT_SOLUTION_ID}`,
  });
  expect(await limitOf(String(record?.token))).toMatchObject({ access_tier: 'registered' });
  // The next look sees that the buyer holds them no more.
  await advance('1m');
  for (const transactionId of [first, second]) {
    expect(await floor.get('transactions', { transactionId })).not.toHaveProperty('openShard');
  }
  await buyPass(buyer);
  expect(await tierOf(buyer)).toBe('basic');
  expect(await subjectsTo(buyer)).toEqual([
    '🎉 Welcome to AWS Solution Finder Basic!',
    'AWS Solution Finder Basic is yours until DAY',
    'AWS Solution Finder Basic ends on DAY',
    'Your plan has ended - AWS Solution Finder Basic',
    'AWS Solution Finder Basic is yours until DAY',
  ]);
});

test('the clock moves for services, sandbox and issuer alike, only on, and only by what is a span of time', async () => {
  const before = await readClock();
  const after = await advance('2h');
  expect(after.aheadMs - before.aheadMs).toBe(7_200_000);
  const token = await postJson(`${run.url}/local-issuer/token`, {});
  const { expiresAt } = z.object({ expiresAt: z.string() }).parse(await token.json());
  expect(expiresAt > after.now).toBe(true);
  const bad = ['31', 'd', '-1d', '0s', '1y', '99999d', ''];
  for (const text of bad) {
    expect((await postJson(`${run.url}/dev/clock`, { advance: text })).status).toBe(400);
  }
  expect((await readClock()).aheadMs).toBe(after.aheadMs);
  expect((await fetch(`${run.url}/dev/clock`, { method: 'DELETE' })).status).toBe(405);
});
