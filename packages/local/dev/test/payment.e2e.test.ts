import { readFileSync } from 'node:fs';
import { environmentSecretSchema } from '@cloudnestle/contracts/secrets/environment';
import { tokenSecretSchema } from '@cloudnestle/contracts/secrets/token';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoUsers } from '../src/demo-users.ts';
import type { LocalRun } from '../src/start.ts';
import {
  finish,
  type Order,
  postJson,
  readStatus,
  sendSimulatedWebhook,
  upgrade,
} from '../src/testing/buyer.ts';
import { createLook, type Look } from '../src/testing/look.ts';
import { startTestRun } from '../src/testing/start-test-run.ts';
import {
  type Buyer,
  createTestMarketplace,
  everythingDone,
  type TestMarketplace,
} from '../src/testing/test-marketplace.ts';

const INITIATED = 'Payment Initiated - AWS Solution Finder Pro';
const WELCOME = '🎉 Welcome to AWS Solution Finder Pro!';
const INVOICE = 'Your invoice INV';
const FAILED = 'Payment Failed - AWS Solution Finder Pro';

let run: LocalRun;
let look: Look;
let marketplace: TestMarketplace;

beforeAll(async () => {
  run = await startTestRun({ retryScale: 0.01 });
  look = createLook(run);
  marketplace = createTestMarketplace(run);
});

afterAll(async () => {
  look?.destroy();
  marketplace?.stop();
  await run?.stop();
});

test('every demo user starts with the tier and the records its name says, and the secrets are there', async () => {
  for (const { userId, email, tier, records } of demoUsers) {
    expect(await look.user(userId)).toMatchObject({ email, subscriptionTier: tier });
    const byUserId = await look.entitlement(userId);
    const byEmail = await look.entitlement(email);
    expect([byUserId && 'byUserId', byEmail && 'byEmail'].filter(Boolean)).toEqual(records);
    for (const record of [byUserId, byEmail]) {
      if (record) expect(record).toMatchObject({ access_tier: tier, status: 'active' });
    }
  }
  const { gatewayCredentials, tokenSecret } = run.topology.secrets;
  expect(await look.secret(gatewayCredentials)).toMatchObject({
    saltKey: expect.any(String),
    saltIndex: '1',
    clientVersion: 1,
    webhookCredentials: [{ username: 'local_webhook', password: 'localWebhook1' }],
    webhookHmacKeys: [{ id: expect.any(String), key: expect.any(String) }],
  });
  tokenSecretSchema.parse(await look.secret(tokenSecret));
  expect(
    environmentSecretSchema.parse(await look.secret(run.topology.environmentSecret)),
  ).toMatchObject({
    stage: 'local',
    apiUrl: run.url,
    queues: run.provisioned.queues,
  });
});

test('a buyer who pays is Pro everywhere, gets two mails, and the books are complete', async () => {
  const buyer = findUser('test-uuid-123');
  const order = await openOrder(buyer);
  expect(order.redirectUrl).toContain(`${run.url}/phonepe/`);
  expect((await fetch(order.redirectUrl)).status).toBe(200);

  await finish(run, order, { outcome: 'COMPLETED', mode: 'UPI' });
  await run.idle();

  expect(await look.user(buyer.userId)).toMatchObject({
    subscriptionTier: 'pro',
    subscriptionStatus: 'active',
    subscriptionStartDate: expect.any(String),
    lastPaymentDate: expect.any(String),
  });
  const today = new Date().toISOString().slice(0, 10);
  expect(await look.entitlement(buyer.userId)).toMatchObject({
    tier: 'pro',
    access_tier: 'pro',
    accessTier: 'pro',
    dailyUsage: 0,
    lastUsageDate: today,
    status: 'active',
    grantedByTransactionId: order.transactionId,
  });
  expect(await look.entitlement(buyer.email)).toMatchObject({
    tier: 'pro',
    access_tier: 'pro',
    usage: { daily_usage: { [today]: 0 } },
    status: 'active',
    grantedByTransactionId: order.transactionId,
  });
  expect(await look.transaction(order.transactionId)).toMatchObject({
    status: 'COMPLETED',
    phonepe_status: 'COMPLETED',
    phonepe_transaction_id: expect.stringMatching(/^OM/),
    payment_mode: 'UPI',
    utr: expect.stringMatching(/^\d{12}$/),
    upi_transaction_id: expect.any(String),
    vpa: expect.stringContaining('@'),
    settlement_status: 'ELIGIBLE',
    settlement_date: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
    last_sync: expect.any(String),
  });
  expect(await subjectsTo(buyer.email)).toEqual([INITIATED, WELCOME, INVOICE]);
  expect(await readStatus(run, order)).toMatchObject({ status: 'COMPLETED', access: 'GRANTED' });
  expect(run.timeline.counted('PaymentCompletedPublished')).toBe(1);

  const again = await postJson(`${run.url}/payments/upgrade-to-pro`, {
    userId: buyer.userId,
    userEmail: buyer.email,
    tier: 'pro',
  });
  expect(again.status).toBe(409);
});

const emoji = readFixture('emoji-email');

test.each([emoji.upgrade.userEmail, ...emoji.alsoLost, ...emoji.passes])(
  'a buyer with the email %s is Pro once paid, and no event is lost',
  async (email) => {
    const buyer = await marketplace.addBuyer(email);
    const order = await openOrder(buyer);
    await finish(run, order, { outcome: 'COMPLETED', mode: 'UPI' });
    await run.idle();
    expect(await marketplace.effectsOn(buyer, order.transactionId)).toEqual(everythingDone);
    expect(run.cloud?.lostEvents).toEqual([]);
  },
);

const idn = readFixture('idn-email');

test('a buyer whose domain is not ASCII gets the mails at the domain in punycode', async () => {
  const buyer = await marketplace.addBuyer(idn.user.email);
  const order = await openOrder({ ...buyer, email: idn.expectedToSes });
  await finish(run, order, { outcome: 'COMPLETED', mode: 'UPI' });
  await run.idle();
  expect(await marketplace.effectsOn(buyer, order.transactionId)).toEqual(everythingDone);
  const mails = (await run.cloud?.inbox.emails()) ?? [];
  const theirs = mails.filter(({ body }) => body.text?.includes(order.merchantOrderId));
  const subjects = theirs.map(({ subject }) => subject.replace(/\d+-\d+$/, ''));
  expect(subjects.toSorted()).toEqual([WELCOME, INITIATED, INVOICE].toSorted());
  expect(theirs.map(({ destination }) => destination.to)).toEqual(
    theirs.map(() => [idn.expectedToSes]),
  );
});

const noncharacter = readFixture('noncharacter-email');

test.each([noncharacter.user.email, ...noncharacter.alsoLost])(
  'an email that no queue carries is refused before anything is sold: %j',
  async (email) => {
    const buyer = await marketplace.addBuyer(email);
    const answer = await postJson(`${run.url}/payments/upgrade-to-pro`, {
      ...noncharacter.upgrade,
      userId: buyer.userId,
      userEmail: email,
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { fields: [{ field: 'userEmail' }] } });
  },
);

test('a buyer with a tier that the catalogue does not know keeps it, and is sold nothing', async () => {
  const buyer = await marketplace.addBuyer();
  const order = await openOrder(buyer);
  await marketplace.put('users', { ...buyer, subscriptionTier: 'campus' });
  await finish(run, order, { outcome: 'COMPLETED', mode: 'UPI' });
  await run.idle();
  expect(await look.user(buyer.userId)).toMatchObject({ subscriptionTier: 'campus' });
  expect(await readStatus(run, order)).toMatchObject({ status: 'COMPLETED', access: 'GRANTED' });
  const again = await postJson(`${run.url}/payments/upgrade-to-pro`, {
    userId: buyer.userId,
    userEmail: buyer.email,
    tier: 'pro',
  });
  expect(again.status).toBe(409);
  expect(await again.json()).toMatchObject({ currentTier: 'campus' });
});

test('a lost webhook leaves the order PENDING; a webhook sent by hand settles it', async () => {
  const buyer = findUser('uuid-only-456');
  const order = await openOrder(buyer);
  await finish(run, order, { outcome: 'COMPLETED', webhook: 'lose' });
  await run.idle();
  expect(await look.transaction(order.transactionId)).toMatchObject({ status: 'PENDING' });
  expect(await look.user(buyer.userId)).toMatchObject({ subscriptionTier: 'registered' });

  const answer = await sendSimulatedWebhook(run, order.merchantOrderId);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ success: true, result: 'published' });
  await run.idle();
  expect(await look.transaction(order.transactionId)).toMatchObject({ status: 'COMPLETED' });
  expect(await look.entitlement(buyer.userId)).toMatchObject({ access_tier: 'pro' });
  expect(await look.entitlement(buyer.email)).toBeUndefined();
});

test('a webhook delivered twice makes one welcome mail', async () => {
  const buyer = findUser('email-only-789');
  const order = await openOrder(buyer);
  await finish(run, order, { outcome: 'COMPLETED', mode: 'CARD', webhook: 'duplicate' });
  await run.idle();
  expect(await subjectsTo(buyer.email)).toEqual([INITIATED, WELCOME, INVOICE]);
  expect(await look.entitlement(buyer.email)).toMatchObject({ access_tier: 'pro' });
  expect(await look.transaction(order.transactionId)).toMatchObject({ payment_mode: 'CARD' });
});

test('a declined payment changes no access and says so; a second order then succeeds without any record', async () => {
  const buyer = findUser('no-record-000');
  const first = await openOrder(buyer);
  await finish(run, first, { outcome: 'FAILED' });
  await run.idle();
  expect(await look.transaction(first.transactionId)).toMatchObject({ status: 'FAILED' });
  expect(await look.user(buyer.userId)).toMatchObject({ subscriptionTier: 'registered' });

  const second = await openOrder(buyer);
  expect(second.merchantOrderId).not.toBe(first.merchantOrderId);
  await finish(run, second, { outcome: 'COMPLETED', mode: 'NET_BANKING' });
  await run.idle();
  expect(await look.user(buyer.userId)).toMatchObject({ subscriptionTier: 'pro' });
  expect(await look.entitlement(buyer.userId)).toMatchObject({
    access_tier: 'pro',
    token: expect.stringMatching(/^tok_perm_[0-9a-f]{32}$/),
  });
  expect(await subjectsTo(buyer.email)).toEqual([
    ...[INITIATED, FAILED],
    ...[INITIATED, WELCOME, INVOICE],
  ]);
});

test('a webhook without the right signature changes nothing', async () => {
  const answer = await sendSimulatedWebhook(run, 'MP-whatever-1732356000-abc123', 'f'.repeat(64));
  expect(answer.status).toBe(401);
});

test('a buyer who is Pro already is told so', async () => {
  const buyer = findUser('already-pro-111');
  const answer = await postJson(`${run.url}/payments/upgrade-to-pro`, {
    userId: buyer.userId,
    userEmail: buyer.email,
    tier: 'pro',
  });
  expect(answer.status).toBe(409);
  expect(await answer.json()).toMatchObject({ currentTier: 'pro' });
});

test('storefront, return page and inbox are served at their addresses', async () => {
  const pages = ['/', '/payment/callback?transactionId=txn_MP-x-1732356000-abc123', '/inbox'];
  for (const page of pages) {
    const answer = await fetch(`${run.url}${page}`);
    expect([page, answer.status]).toEqual([page, 200]);
    expect(answer.headers.get('content-type')).toContain('text/html');
  }
});

test('the account a storefront shows follows the tables and holds no token', async () => {
  const account = await run.readAccount('already-pro-111');
  expect(account).toEqual({
    userId: 'already-pro-111',
    email: 'already-pro@example.com',
    tier: 'pro',
    quota: { dailyQuota: null, usedToday: 0 },
    entitlements: ['byUserId', 'byEmail'].map((record) => ({
      record,
      solutionId: 'aws-solution-finder',
      accessTier: 'pro',
      status: 'active',
    })),
  });
  expect(await run.readAccount('unknown')).toBeUndefined();
});

/** Upgrades and lets the first mail go out: an Initiated mail is not sent any more once there is an outcome. */
async function openOrder(buyer: Buyer): Promise<Order> {
  const order = await upgrade(run, buyer);
  await run.idle();
  return order;
}

function findUser(userId: string) {
  const user = demoUsers.find((each) => each.userId === userId);
  if (!user) throw new Error(`no demo user ${userId}`);
  return user;
}

async function subjectsTo(email: string): Promise<string[]> {
  const subjects = (await look.mails(email)).map(({ subject }) => subject);
  // The invoice comes when the books are through: before or after the welcome.
  const isInvoice = (subject: string) => subject.startsWith(INVOICE);
  return [
    ...subjects.filter((subject) => !isInvoice(subject)),
    ...subjects.filter(isInvoice).map(() => INVOICE),
  ];
}

function readFixture(name: string) {
  return JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), 'utf8'));
}
