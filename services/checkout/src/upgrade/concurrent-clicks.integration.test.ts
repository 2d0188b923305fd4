import { waitFor } from '@cloudnestle/test-kit/wait-for';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { holdCalls } from '../testing/hold-calls.ts';
import { type Answer, type Shop, startShop, type TestUser } from '../testing/start-shop.ts';

const FUNCTION_TIMEOUT_MS = 10_000;
const storingPage = { operation: 'UpdateItem', text: 'redirectUrl = :url' };
const fencing = { operation: 'UpdateItem', text: 'supersededBy = :by' };

let shop: Shop;
beforeAll(async () => {
  shop = await startShop();
});
afterEach(() => {
  shop.cloud.cloud.intercept(undefined);
  shop.gateway.sandbox.faults.clear();
});
afterAll(() => shop.stop());

test('20 clicks at once: one order at the gateway, one page for all of them', async () => {
  const user = await shop.addUser();
  const instances = Array.from({ length: 5 }, () => shop.open());
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) => at(instances, index % 5).click(user)),
  );
  expect(answers.map(({ statusCode }) => statusCode)).toEqual(answers.map(() => 200));
  expect(pagesOf(answers).size).toBe(1);
  expect(answers.filter(({ body }) => body.reused === false)).toHaveLength(1);
  expect(shop.gatewayOrdersOf(user)).toHaveLength(1);
});

test('20 clicks at once after a click that died: still one page for all of them', async () => {
  const user = await shop.addUser();
  await putSlot(user, { merchantOrderId: `MP-${user.userId}-dead`, leaseUntil: pastSeconds(1) });
  const instance = shop.open();
  const answers = await Promise.all(Array.from({ length: 20 }, () => instance.click(user)));
  expect(answers.map(({ statusCode }) => statusCode)).toEqual(answers.map(() => 200));
  expect(pagesOf(answers).size).toBe(1);
  expect(shop.gatewayOrdersOf(user)).toHaveLength(1);
});

test('a click waits for the page another one is opening', async () => {
  const user = await shop.addUser();
  shop.gateway.sandbox.faults.set([{ operation: 'pay', kind: 'latency', latencyMs: 500 }]);
  const first = shop.open().click(user);
  await waitFor('the slot', () => shop.slotOf(user));
  const second = await shop.open().click(user);
  expect(second.body).toMatchObject({ reused: true, redirectUrl: (await first).body.redirectUrl });
});

test('a click that waits in vain says when to come back, after about two seconds', async () => {
  const user = await shop.addUser();
  await putSlot(user, { merchantOrderId: `MP-${user.userId}-busy`, leaseUntil: pastSeconds(-10) });
  const startedAt = Date.now();
  const answer = await shop.open().click(user);
  expect(answer.statusCode).toBe(503);
  expect(answer.body).toMatchObject({ error: { code: 'TRY_AGAIN' } });
  expect(answer.headers['retry-after']).toBe('2');
  expect(Date.now() - startedAt).toBeGreaterThanOrEqual(1900);
  expect((await shop.slotOf(user))?.claimId).toBe('another-click');
});

test('a slow click whose lease is over hands out nothing once a newer one took its place', async () => {
  const user = await shop.addUser();
  const [page] = holdCalls(shop.cloud, storingPage);
  const slowClick = shop.open().click(user);
  await page?.reached;
  const slowOrder = await currentRow(user);
  const newer = await shop.open({ now: afterLease() }).click(user);
  page?.release();
  const slow = await slowClick;
  expect([newer.statusCode, slow.statusCode]).toEqual([200, 503]);
  expect(shop.gatewayOrdersOf(user)).toHaveLength(2);
  const fenced = await shop.rowOf(slowOrder?.transactionId);
  expect(fenced).toMatchObject({ status: 'PENDING', supersededBy: newer.body.merchantOrderId });
  expect(fenced).not.toHaveProperty('redirectUrl');
  const next = await shop.open().click(user);
  expect(next.body).toMatchObject({ reused: true, redirectUrl: newer.body.redirectUrl });
});

test('a slow click that had not even written its row never gets to the gateway', async () => {
  const user = await shop.addUser();
  const [row] = holdCalls(shop.cloud, { operation: 'PutItem', text: user.userId });
  const slowClick = shop.open().click(user);
  await row?.reached;
  const slot = await shop.slotOf(user);
  const newer = await shop.open({ now: afterLease() }).click(user);
  row?.release();
  const slow = await slowClick;
  expect([newer.statusCode, slow.statusCode]).toEqual([200, 503]);
  expect(shop.gatewayOrdersOf(user).map(({ merchantOrderId }) => merchantOrderId)).toEqual([
    newer.body.merchantOrderId,
  ]);
  expect(await shop.rowOf(`txn_${slot?.merchantOrderId}`)).toMatchObject({
    supersededBy: newer.body.merchantOrderId,
  });
});

test('a slow click whose page is written before the fence keeps its place, and the newer one shares the page', async () => {
  const user = await shop.addUser();
  const [page, fence] = holdCalls(shop.cloud, storingPage, fencing);
  const slowClick = shop.open().click(user);
  await page?.reached;
  const newerClick = shop.open({ now: afterLease() }).click(user);
  await fence?.reached;
  page?.release();
  const slow = await slowClick;
  fence?.release();
  const newer = await newerClick;
  expect(slow.statusCode).toBe(200);
  expect(newer.body).toMatchObject({ reused: true, redirectUrl: slow.body.redirectUrl });
  expect(shop.gatewayOrdersOf(user)).toHaveLength(1);
});

test('a row that was fenced and left behind is taken over at once', async () => {
  const user = await shop.addUser();
  const { body } = await shop.open().click(user);
  const row = await shop.rowOf(body.transactionId);
  const { redirectUrl, phonepeOrderId, ...bare } = row ?? {};
  await shop.cloud.put('transactions', { ...bare, supersededBy: 'refused' });
  const answer = await shop.open().click(user);
  expect(answer.statusCode).toBe(200);
  expect(answer.body.reused).toBe(false);
});

test('log lines name no address', () => {
  expect(shop.printed()).not.toMatch(/\w@\w/);
});

function pagesOf(answers: readonly Answer[]): Set<unknown> {
  return new Set(answers.map(({ body }) => body.redirectUrl));
}

async function currentRow(user: TestUser) {
  const slot = await shop.slotOf(user);
  return slot && (await shop.rowOf(`txn_${slot.merchantOrderId}`));
}

function afterLease(): Date {
  return new Date(Date.now() + FUNCTION_TIMEOUT_MS + 1000);
}

function pastSeconds(seconds: number): string {
  return new Date(Date.now() - seconds * 1000).toISOString();
}

function putSlot({ userId }: TestUser, slot: { merchantOrderId: string; leaseUntil: string }) {
  return shop.cloud.put('checkouts', {
    checkoutKey: `${userId}#pro`,
    claimId: 'another-click',
    ...slot,
  });
}

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index];
  if (item === undefined) throw new Error(`no item ${index}`);
  return item;
}
