import {
  allowedResponseSchema,
  quotaExceededResponseSchema,
} from '@cloudnestle/contracts/http/validate-token';
import { DEFAULT_SOLUTION_ID } from '@cloudnestle/payments/catalogue';
import { waitFor } from '@cloudnestle/test-kit/wait-for';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { type DemoUser, demoUsers } from '../src/demo-users.ts';
import type { LocalRun } from '../src/start.ts';
import { finish, postJson, readStatus, upgrade } from '../src/testing/buyer.ts';
import { createLook, type Look } from '../src/testing/look.ts';
import { startTestRun } from '../src/testing/start-test-run.ts';

let run: LocalRun;
let look: Look;

beforeAll(async () => {
  run = await startTestRun({ demoData: true });
  look = createLook(run);
});

afterAll(async () => {
  look?.destroy();
  await run?.stop();
});

test.each([
  ['both records', 'test-uuid-123', 2],
  ['the record by user id only', 'uuid-only-456', 1],
  ['the old record by email only', 'email-only-789', 1],
])(
  'a buyer with %s searches to the limit, pays, and the very next search with the same token is unlimited',
  async (_records, userId, tokenCount) => {
    const buyer = findUser(userId);
    const tokens = await tokensOf(buyer);
    expect(tokens).toHaveLength(tokenCount);
    for (const token of tokens) await searchToTheLimit(token, buyer);

    await payUntilGranted(buyer);
    const answers = await Promise.all(tokens.map((token) => validate(token)));

    for (const answer of answers) await expectUnlimited(answer, buyer);
    expect(await tokensOf(buyer)).toEqual(tokens);
  },
);

test('a buyer without any record pays, and searches without a limit by the token that the payment made', async () => {
  const buyer = findUser('no-record-000');
  expect(await tokensOf(buyer)).toEqual([]);
  expect(await demoTokenOf(buyer)).toBeUndefined();

  await payUntilGranted(buyer);
  const [token = 'no token'] = await tokensOf(buyer);
  await expectUnlimited(await validate(token), buyer);
  expect(await demoTokenOf(buyer)).toBe(token);
});

test('a user who is Pro searches without a limit, and without a count', async () => {
  const buyer = findUser('already-pro-111');
  const before = await look.entitlement(buyer.userId);
  await expectUnlimited(await validate(await demoTokenOf(buyer)), buyer);
  expect(await look.entitlement(buyer.userId)).toEqual(before);
});

/** A demo user has searched 4 times of 10 already; what comes after the tenth offers the upgrade. */
async function searchToTheLimit(token: string, { email }: DemoUser): Promise<void> {
  const looked = await validate(token, { check_only: true });
  expect(allowedResponseSchema.parse(await looked.json()).quota_remaining).toBe(6);
  for (const remaining of [5, 4, 3, 2, 1, 0]) {
    const answer = await validate(token);
    expect(answer.status).toBe(200);
    expect(allowedResponseSchema.parse(await answer.json())).toMatchObject({
      user_email: email,
      access_tier: 'registered',
      quota_remaining: remaining,
    });
  }
  for (const request of [{}, { check_only: true }]) {
    const refused = await validate(token, request);
    expect(refused.status).toBe(429);
    expect(quotaExceededResponseSchema.parse(await refused.json())).toMatchObject({
      quota: { daily_limit: 10, daily_used: 10 },
      // The cheapest plan that has more: the local run sells all of them.
      upgrade: { tier: 'basic', plan_id: 'basic-monthly', amount_in_paisa: 9900, daily_limit: 50 },
    });
  }
}

/** Pays on the sandbox's page and waits for nothing but the status call: what follows it is at once. */
async function payUntilGranted(buyer: DemoUser): Promise<void> {
  const order = await upgrade(run, buyer);
  await finish(run, order, { outcome: 'COMPLETED', mode: 'UPI' });
  await waitFor('access is granted', async () => {
    return (await readStatus(run, order)).access === 'GRANTED';
  });
}

async function expectUnlimited(answer: Response, { email }: DemoUser): Promise<void> {
  expect(answer.status).toBe(200);
  expect(allowedResponseSchema.parse(await answer.json())).toMatchObject({
    user_email: email,
    access_tier: 'pro',
    user: { email, tier: 'pro' },
    quota_remaining: -1,
    quota: { daily_limit: -1 },
  });
}

function validate(token: string | undefined, more: object = {}): Promise<Response> {
  const body = { token, solution_id: DEFAULT_SOLUTION_ID, action: 'search', ...more };
  return postJson(`${run.url}/api/validate-solution-token`, body);
}

/** The tokens in the tables, of the record by user id first. */
async function tokensOf({ userId, email }: DemoUser): Promise<string[]> {
  const records = await Promise.all([look.entitlement(userId), look.entitlement(email)]);
  return records.flatMap((record) => record?.token ?? []);
}

/** The token that the storefront's page is given. */
async function demoTokenOf({ userId }: DemoUser): Promise<string | undefined> {
  const answer = await fetch(`${run.url}/demo/account/${userId}`);
  return z.object({ token: z.string().optional() }).parse(await answer.json()).token;
}

function findUser(userId: string): DemoUser {
  const user = demoUsers.find((each) => each.userId === userId);
  if (!user) throw new Error(`no demo user ${userId}`);
  return user;
}
