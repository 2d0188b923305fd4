import { refundResponseSchema } from '@cloudnestle/contracts/http/refund';
import { readAttention } from '@cloudnestle/payments/attention/attention';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import type { LocalRun } from '../src/start.ts';
import { finish, type Order, postJson, readStatus, upgrade } from '../src/testing/buyer.ts';
import { createLook, type Look } from '../src/testing/look.ts';
import { startTestRun } from '../src/testing/start-test-run.ts';
import {
  type Buyer,
  createTestMarketplace,
  type TestMarketplace,
} from '../src/testing/test-marketplace.ts';

let run: LocalRun;
let look: Look;
let marketplace: TestMarketplace;
let keys = 0;

beforeAll(async () => {
  run = await startTestRun({ demoData: false, retryScale: 0.01 });
  look = createLook(run);
  marketplace = createTestMarketplace(run);
});
afterEach(() => {
  run.sandbox.faults.clear();
  run.sandbox.refundRules.set({ balance: 'ample', webhook: 'send', webhookBody: 'full' });
});
afterAll(async () => {
  look?.destroy();
  marketplace?.stop();
  await run?.stop();
});

const REFUNDED = /^₹(299|100|199) refunded - AWS Solution Finder Pro$/;

/** Tokens of the local issuer are good for an hour, and these tests move the clock: each call has its own. */
async function signIn(): Promise<string> {
  const answer = await postJson(`${run.url}/local-issuer/token`, { groups: ['repair'] });
  return z.object({ token: z.string() }).parse(await answer.json()).token;
}

async function pay(buyer: Buyer): Promise<Order> {
  const order = await upgrade(run, buyer);
  await finish(run, order, { outcome: 'COMPLETED', mode: 'UPI' });
  await run.idle();
  return order;
}

async function ask({ transactionId }: Order, body: Record<string, unknown> = {}) {
  keys += 1;
  const idempotencyKey = `e2e-key-${keys}`;
  return postJson(
    `${run.url}/payments/refunds`,
    { transactionId, reason: 'BUYER_REQUEST', idempotencyKey, ...body },
    { authorization: `Bearer ${await signIn()}` },
  );
}

const refundIn = async (answer: Response) => refundResponseSchema.parse(await answer.json()).refund;

async function lookAt(refundId: string) {
  const answer = await fetch(`${run.url}/payments/refunds/${refundId}`, {
    headers: { authorization: `Bearer ${await signIn()}` },
  });
  return refundIn(answer);
}

/** Moves everything's clock on; both sweeps run then. */
async function advance(span: string) {
  const answer = await postJson(`${run.url}/dev/clock`, { advance: span });
  expect(answer.status).toBe(200);
  await run.idle();
}

async function refundMails({ email }: Buyer): Promise<string[]> {
  const emails = (await run.cloud?.inbox.emails()) ?? [];
  return emails.flatMap(({ destination, subject }) =>
    destination.to.includes(email) && REFUNDED.test(subject) ? [subject] : [],
  );
}

const attentionOf = async (order: Order) =>
  readAttention((await look.transaction(order.transactionId)) ?? {}).map(({ reason }) => reason);

test('a part goes back and then the rest: access ends with the rest, and each is told once', async () => {
  const buyer = await marketplace.addBuyer();
  const order = await pay(buyer);
  const part = await refundIn(await ask(order, { amountInPaisa: 10_000 }));
  await run.idle();
  await advance('2m');
  expect(await lookAt(part.refundId)).toMatchObject({ state: 'COMPLETED', amountInPaisa: 10_000 });
  expect(await look.user(buyer.userId)).toMatchObject({ subscriptionTier: 'pro' });
  expect(await attentionOf(order)).toEqual([]);

  const rest = await refundIn(await ask(order));
  expect(rest).toMatchObject({ state: 'RESERVED', amountInPaisa: 19_900 });
  await run.idle();
  await advance('2m');
  await advance('2m');
  expect(await lookAt(rest.refundId)).toMatchObject({ state: 'COMPLETED' });
  const row = await look.transaction(order.transactionId);
  expect(row).toMatchObject({
    refunds: { [part.refundId]: 10_000, [rest.refundId]: 19_900 },
    refundHolds: {},
    accessEndReason: 'REFUNDED',
  });
  const story = Object.values(Object(row?.history)).map((line) => Object(line).what);
  expect(story).toEqual(
    expect.arrayContaining(['completed', 'refund: COMPLETED', 'access ended: REFUNDED']),
  );
  expect(await look.user(buyer.userId)).toMatchObject({ subscriptionTier: 'registered' });
  expect(await readStatus(run, order)).toMatchObject({ access: 'ENDED' });
  expect(await refundMails(buyer)).toEqual([
    '₹100 refunded - AWS Solution Finder Pro',
    '₹199 refunded - AWS Solution Finder Pro',
  ]);
  const again = await ask(order);
  expect(again.status).toBe(409);
  expect(await again.json()).toMatchObject({ refusal: 'NOTHING_LEFT' });
  // Nothing is left to be looked at.
  await advance('6h');
  expect(await marketplace.get('refunds', { refundId: rest.refundId })).not.toHaveProperty(
    'openShard',
  );
  expect(await refundMails(buyer)).toHaveLength(2);
});

test('two clicks with one key are one refund; of two keys at once one is refused', async () => {
  const order = await pay(await marketplace.addBuyer());
  const before = run.sandbox.calls.refund;
  const clicks = await Promise.all(
    [1, 2].map(() => ask(order, { idempotencyKey: 'e2e-two-clicks' })),
  );
  const [first, second] = await Promise.all(clicks.map(refundIn));
  expect(second?.refundId).toBe(first?.refundId);
  await run.idle();
  expect(run.sandbox.calls.refund).toBe(before + 1);

  const other = await pay(await marketplace.addBuyer());
  const answers = await Promise.all([ask(other), ask(other)]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 409]);
  await advance('2m');
  expect(
    run.sandbox.refunds.list().filter(({ originalMerchantOrderId }) => {
      return originalMerchantOrderId === other.merchantOrderId;
    }),
  ).toHaveLength(1);
});

test('a timeout whose refund happened is found, and paid back once', async () => {
  const buyer = await marketplace.addBuyer();
  const order = await pay(buyer);
  run.sandbox.refundRules.set({ webhook: 'lose' });
  run.sandbox.faults.set([{ operation: 'refund', kind: 'reset', afterEffect: true }]);
  const { refundId } = await refundIn(await ask(order));
  await run.idle();
  await advance('2m');
  await advance('2m');
  expect(await lookAt(refundId)).toMatchObject({ state: 'COMPLETED' });
  expect(await look.transaction(order.transactionId)).toMatchObject({
    refunds: { [refundId]: 29_900 },
    refundHolds: {},
  });
  expect(await marketplace.get('refunds', { refundId })).toMatchObject({ submissions: 1 });
  expect(await refundMails(buyer)).toHaveLength(1);
});

test('a refund that the day’s takings do not cover fails with PhonePe’s code, and goes through the next day', async () => {
  const buyer = await marketplace.addBuyer();
  const order = await pay(buyer);
  run.sandbox.refundRules.set({ balance: 0 });
  const { refundId } = await refundIn(await ask(order));
  await run.idle();
  await advance('2m');
  expect(await lookAt(refundId)).toMatchObject({ state: 'FAILED', detailedErrorCode: 'BF_034' });
  expect(await attentionOf(order)).toEqual(['REFUND_FAILED']);
  expect(await look.transaction(order.transactionId)).toMatchObject({ refundHolds: {} });
  expect(await refundMails(buyer)).toEqual([]);

  await advance('1d');
  const again = await refundIn(await ask(order));
  expect(again.refundId).not.toBe(refundId);
  await run.idle();
  await advance('2m');
  expect(await lookAt(again.refundId)).toMatchObject({ state: 'COMPLETED' });
  expect(await attentionOf(order)).toEqual([]);
  expect(await refundMails(buyer)).toHaveLength(1);
});

test('a refund of the dashboard ends in the same: access, mail and books', async () => {
  const buyer = await marketplace.addBuyer();
  const order = await pay(buyer);
  const made = run.sandbox.refundInDashboard(order.merchantOrderId);
  if (made.kind !== 'taken') throw new Error(made.kind);
  run.sandbox.finishRefund(made.refund.merchantRefundId, { outcome: 'COMPLETED' });
  await run.idle();
  await advance('2m');
  await advance('2m');
  const row = await look.transaction(order.transactionId);
  expect(Object.values(Object(row?.refunds))).toEqual([29_900]);
  expect(row).toMatchObject({ accessEndReason: 'REFUNDED', refundHolds: {} });
  expect(await look.user(buyer.userId)).toMatchObject({ subscriptionTier: 'registered' });
  expect(await refundMails(buyer)).toHaveLength(1);
});

test('what a buyer has paid twice is owed until the hold is over, and then goes back by itself', async () => {
  const buyer = await marketplace.addBuyer();
  const late = await upgrade(run, buyer);
  await finish(run, late, { outcome: 'FAILED' });
  await run.idle();
  const kept = await pay(buyer);
  await finish(run, late, { outcome: 'COMPLETED', mode: 'UPI' });
  await run.idle();
  expect(await attentionOf(late)).toEqual(['CHARGED_TWICE']);
  await advance('71h');
  expect(await attentionOf(late)).toEqual(['CHARGED_TWICE']);
  expect(await refundMails(buyer)).toEqual([]);
  await advance('2h');
  await advance('2m');
  await advance('2m');
  expect(await attentionOf(late)).toEqual([]);
  const row = await look.transaction(late.transactionId);
  expect(Object.values(Object(row?.refunds))).toEqual([29_900]);
  expect(await refundMails(buyer)).toEqual(['₹299 refunded - AWS Solution Finder Pro']);
  expect(await look.transaction(kept.transactionId)).not.toHaveProperty('refunds');
  expect(await look.user(buyer.userId)).toMatchObject({ subscriptionTier: 'pro' });
});
