import { raiseAttention } from '@cloudnestle/payments/attention/attention';
import { gatewayEventId } from '@cloudnestle/payments/build-events';
import { sampleRow } from '@cloudnestle/test-kit/samples';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Shop, startShop, type TestUser } from '../testing/start-shop.ts';

const HALF_AN_HOUR_MS = 30 * 60_000;

let shop: Shop;
beforeAll(async () => {
  shop = await startShop();
});
afterEach(() => {
  shop.gateway.sandbox.faults.clear();
});
afterAll(() => shop.stop());

describe('who has the plan already', () => {
  test('a Pro user gets 409 with the tier they hold, and no order', async () => {
    const user = await shop.addUser({ subscriptionTier: 'pro' });
    const answer = await shop.open().click(user);
    expect(answer.statusCode).toBe(409);
    expect(answer.body).toMatchObject({ error: { code: 'ALREADY_PRO' }, currentTier: 'pro' });
    expect(await shop.slotOf(user)).toBeUndefined();
  });

  test('nothing is sold over a tier that the catalogue does not know: 409 with that tier', async () => {
    const user = await shop.addUser({ subscriptionTier: 'campus' });
    const instance = shop.open();
    const answer = await instance.click(user);
    expect(answer.statusCode).toBe(409);
    expect(answer.body).toMatchObject({
      error: { code: 'ALREADY_PRO' },
      message: expect.stringContaining('contact support'),
      currentTier: 'campus',
    });
    expect(await shop.slotOf(user)).toBeUndefined();
    expect(shop.gatewayOrdersOf(user)).toEqual([]);
    expect(instance.platform.counted('PaymentInitiationFailed')).toBe(0);
  });

  test('an empty tier is no tier: that buyer can buy', async () => {
    const user = await shop.addUser({ subscriptionTier: '' });
    expect((await shop.open().click(user)).statusCode).toBe(200);
  });

  test('a paid order that stands is 409 before the tier has followed', async () => {
    const user = await shop.addUser();
    const { transactionId } = await addPaidOrder(user, {});
    const answer = await shop.open().click(user);
    expect(answer.statusCode).toBe(409);
    expect(answer.body).toMatchObject({
      error: { code: 'ALREADY_PAID' },
      currentTier: 'registered',
      transactionId,
    });
  });

  test('a paid order whose access was taken back stands in no buyer’s way', async () => {
    const user = await shop.addUser();
    await addPaidOrder(user, { accessRevokedAt: '2025-11-24T00:00:00.000Z' });
    const answer = await shop.open().click(user);
    expect(answer.statusCode).toBe(200);
    expect(answer.body.reused).toBe(false);
    expect((await shop.slotOf(user))?.paid).toBeDefined();
  });

  test('a COMPLETED current order is 409 even where nothing else knows of it yet', async () => {
    const { user, transactionId } = await openAndAlter({ status: 'COMPLETED' });
    const answer = await shop.open().click(user);
    expect(answer.statusCode).toBe(409);
    expect(answer.body).toMatchObject({ error: { code: 'ALREADY_PAID' }, transactionId });
  });

  test('a COMPLETED and revoked current order is replaced', async () => {
    const { user, merchantOrderId } = await openAndAlter({
      status: 'COMPLETED',
      accessRevokedAt: '2025-11-24T00:00:00.000Z',
    });
    const answer = await shop.open().click(user);
    expect(answer.statusCode).toBe(200);
    expect(answer.body.merchantOrderId).not.toBe(merchantOrderId);
  });
});

describe('a FAILED order: the gateway is asked before it is replaced', () => {
  test('failed there too: a new order takes its place', async () => {
    const { user, merchantOrderId } = await openAndAlter({ status: 'FAILED' });
    shop.gateway.sandbox.finish(merchantOrderId, { outcome: 'FAILED' });
    const answer = await shop.open().click(user);
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toMatchObject({ reused: false });
    expect(answer.body.merchantOrderId).not.toBe(merchantOrderId);
    expect((await shop.slotOf(user))?.merchantOrderId).toBe(answer.body.merchantOrderId);
  });

  test('paid there after all: 409 ALREADY_PAID, and PaymentCompleted goes out', async () => {
    const { user, merchantOrderId, transactionId } = await openAndAlter({ status: 'FAILED' });
    shop.gateway.sandbox.finish(merchantOrderId, { outcome: 'COMPLETED' });
    const instance = shop.open();
    const answer = await instance.click(user);
    expect(answer.statusCode).toBe(409);
    expect(answer.body).toMatchObject({ error: { code: 'ALREADY_PAID' }, transactionId });
    expect(instance.platform.counted('PaymentCompletedPublished')).toBe(1);
    expect(shop.gatewayOrdersOf(user)).toHaveLength(1);
  });
});

describe('an expired order: the gateway is asked before it is replaced', () => {
  test('expired there too: a new order, and PaymentFailed goes out', async () => {
    const { user, merchantOrderId, instance } = await openAndExpire();
    shop.gateway.sandbox.finish(merchantOrderId, { outcome: 'EXPIRED' });
    const answer = await instance.click(user);
    expect(answer.statusCode).toBe(200);
    expect(answer.body.merchantOrderId).not.toBe(merchantOrderId);
    expect(instance.platform.counted('PaymentFailedPublished')).toBe(1);
  });

  test('paid there: 409 ALREADY_PAID', async () => {
    const { user, merchantOrderId, instance } = await openAndExpire();
    shop.gateway.sandbox.finish(merchantOrderId, { outcome: 'COMPLETED' });
    const answer = await instance.click(user);
    expect(answer.statusCode).toBe(409);
    expect(answer.body).toMatchObject({ error: { code: 'ALREADY_PAID' } });
  });

  test('paid there, and the bus is down: 503, so that the next click publishes it', async () => {
    const { user, merchantOrderId, instance } = await openAndExpire();
    shop.gateway.sandbox.finish(merchantOrderId, { outcome: 'COMPLETED' });
    shop.cloud.cloud.intercept(({ operation }) =>
      operation === 'PutEvents' ? { partialFailure: true } : undefined,
    );
    const first = await instance.click(user);
    shop.cloud.cloud.intercept(undefined);
    const second = await instance.click(user);
    expect([first.statusCode, second.statusCode]).toEqual([503, 409]);
  });

  test('still pending there: 409 PAYMENT_IN_PROGRESS', async () => {
    const { user, transactionId, instance } = await openAndExpire();
    const answer = await instance.click(user);
    expect(answer.statusCode).toBe(409);
    expect(answer.body).toMatchObject({
      error: { code: 'PAYMENT_IN_PROGRESS' },
      currentTier: 'registered',
      transactionId,
    });
    expect(shop.gatewayOrdersOf(user)).toHaveLength(1);
  });

  test('no answer there: 503 with Retry-After, and no second order', async () => {
    const { user, instance } = await openAndExpire();
    shop.gateway.sandbox.faults.set([{ operation: 'status', kind: 'status', count: null }]);
    const answer = await instance.click(user);
    expect(answer.statusCode).toBe(503);
    expect(answer.body).toMatchObject({ error: { code: 'GATEWAY_UNAVAILABLE' } });
    expect(answer.headers['retry-after']).toBe('5');
    expect(shop.gatewayOrdersOf(user)).toHaveLength(1);
  });

  test('opened at a gateway that is not registered any more: 503, and no second order', async () => {
    const user = await shop.addUser();
    const row = sampleRow({
      userId: user.userId,
      createdAt: '2025-11-23T09:00:00.000Z',
      paymentMethod: 'closed-gateway',
    });
    await shop.cloud.put('transactions', row);
    await putSlot(user, row.merchantOrderId);
    const answer = await shop.open().click(user);
    expect(answer.statusCode).toBe(503);
    expect(answer.body).toMatchObject({ error: { code: 'GATEWAY_UNAVAILABLE' } });
    expect(shop.gatewayOrdersOf(user)).toHaveLength(0);
  });

  test('unknown there: a new order', async () => {
    const user = await shop.addUser();
    const row = sampleRow({ userId: user.userId, createdAt: '2025-11-23T09:00:00.000Z' });
    await shop.cloud.put('transactions', row);
    await putSlot(user, row.merchantOrderId);
    const answer = await shop.open().click(user);
    expect(answer.statusCode).toBe(200);
    expect(answer.body.merchantOrderId).not.toBe(row.merchantOrderId);
  });

  test('another amount there: 409, and nothing is replaced', async () => {
    const { user, merchantOrderId, instance } = await openAndExpire();
    shop.gateway.sandbox.finish(merchantOrderId, { outcome: 'COMPLETED', amountInPaisa: 100 });
    const answer = await instance.click(user);
    expect(answer.statusCode).toBe(409);
    expect(answer.body).toMatchObject({ error: { code: 'PAYMENT_IN_PROGRESS' } });
    expect((await shop.slotOf(user))?.merchantOrderId).toBe(merchantOrderId);
  });

  test('another amount there, and an operator has dealt with it: a new order', async () => {
    const { user, merchantOrderId, transactionId, instance } = await openAndExpire();
    shop.gateway.sandbox.finish(merchantOrderId, { outcome: 'COMPLETED', amountInPaisa: 100 });
    expect((await instance.click(user)).statusCode).toBe(409);
    const row = await shop.rowOf(transactionId);
    const gatewayOrderId = String(row?.phonepeOrderId);
    const told = { kind: 'mismatch', gatewayState: 'COMPLETED', merchantOrderId } as const;
    const id = gatewayEventId({ ...told, gatewayOrderId, amountInPaisa: 100 });
    const at = new Date().toISOString();
    const resolution = { at, by: 'asha', why: 'sent back by hand', facts: [id] };
    await shop.cloud.put('transactions', { ...row, attentionResolved: { MISMATCH: resolution } });
    expect((await instance.click(user)).statusCode).toBe(200);
    expect((await shop.slotOf(user))?.merchantOrderId).not.toBe(merchantOrderId);
  });

  test('PENDING there for ever, and an operator has found out that it will not be paid: a new order', async () => {
    const { user, merchantOrderId, transactionId, instance } = await openAndExpire();
    expect((await instance.click(user)).statusCode).toBe(409);
    const row = await shop.rowOf(transactionId);
    const resolution = { at: new Date().toISOString(), by: 'asha', why: 'never paid', facts: [] };
    await shop.cloud.put('transactions', { ...row, attentionResolved: { NO_OUTCOME: resolution } });
    expect((await instance.click(user)).statusCode).toBe(200);
    expect((await shop.slotOf(user))?.merchantOrderId).not.toBe(merchantOrderId);
  });

  test.each(['FAILED', 'EXPIRED'] as const)(
    '%s there, and it needs an operator here: a new order, and the doubt is over',
    async (outcome) => {
      const { user, merchantOrderId, transactionId, instance } = await openAndExpire();
      const row = (await shop.rowOf(transactionId)) ?? {};
      const fact = { reason: 'MISMATCH', id: 'm', at: '2025-11-23T09:00:00.000Z' } as const;
      const attention = raiseAttention(row, fact, { shardCount: 1 });
      await shop.cloud.put('transactions', { ...row, ...attention });
      shop.gateway.sandbox.finish(merchantOrderId, { outcome });
      expect((await instance.click(user)).statusCode).toBe(200);
      expect((await shop.slotOf(user))?.merchantOrderId).not.toBe(merchantOrderId);
      expect(await shop.findEvent(transactionId, 'PaymentFailed')).toMatchObject({
        detail: { data: { answeredAt: expect.any(String) } },
      });
    },
  );

  test('two clicks at once make one new order', async () => {
    const { user, merchantOrderId } = await openAndAlter({ expiresAt: '2025-11-23T09:30:00.000Z' });
    shop.gateway.sandbox.finish(merchantOrderId, { outcome: 'EXPIRED' });
    const instance = shop.open();
    const answers = await Promise.all([instance.click(user), instance.click(user)]);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    expect(answers[0]?.body.redirectUrl).toBe(answers[1]?.body.redirectUrl);
    expect(shop.gatewayOrdersOf(user)).toHaveLength(2);
  });
});

test('one millisecond before its expiry a page is still the page', async () => {
  const user = await shop.addUser();
  const { body } = await shop.open().click(user);
  const expiresAt = Date.parse(String(body.expiresAt));
  const answer = await shop.open({ now: new Date(expiresAt - 1) }).click(user);
  expect(answer.body).toMatchObject({ reused: true, redirectUrl: body.redirectUrl });
});

test('log lines name no address', () => {
  expect(shop.printed()).not.toMatch(/\w@\w/);
});

/** An open order whose row was then changed as a subscriber would. */
async function openAndAlter(change: Record<string, unknown>) {
  const user = await shop.addUser();
  const { body } = await shop.open().click(user);
  const row = await shop.rowOf(body.transactionId);
  await shop.cloud.put('transactions', { ...row, ...change });
  const { transactionId, merchantOrderId } = body;
  return { user, transactionId, merchantOrderId: String(merchantOrderId) };
}

/** An open order, and an instance whose clock is past its expiry; the gateway's is not. */
async function openAndExpire() {
  const opened = await openAndAlter({});
  const now = new Date(Date.now() + HALF_AN_HOUR_MS + 60_000);
  return { ...opened, instance: shop.open({ now }) };
}

/** A paid order of which only the checkouts item and its row are left: the slot is free. */
async function addPaidOrder({ userId }: TestUser, change: { accessRevokedAt?: string }) {
  const completedAt = '2025-11-23T10:00:00.000Z';
  const row = sampleRow({ userId, status: 'COMPLETED', completedAt, ...change });
  await shop.cloud.put('transactions', row);
  await shop.cloud.put('checkouts', {
    checkoutKey: `${userId}#pro`,
    paid: { [row.transactionId]: completedAt },
  });
  return row;
}

function putSlot({ userId }: TestUser, merchantOrderId: string) {
  return shop.cloud.put('checkouts', {
    checkoutKey: `${userId}#pro`,
    merchantOrderId,
    claimId: 'an-earlier-click',
    leaseUntil: '2025-11-23T09:00:10.000Z',
  });
}
