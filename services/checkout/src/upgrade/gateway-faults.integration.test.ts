import { sandboxCredentials } from '@cloudnestle/test-kit/gateway';
import { keepTimeLimits } from '@cloudnestle/test-kit/keep-time-limits';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Shop, startShop, type TestUser } from '../testing/start-shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop();
});
afterEach(async () => {
  shop.gateway.sandbox.faults.clear();
  shop.cloud.cloud.intercept(undefined);
  await shop.writeSecret();
});
afterAll(() => shop.stop());

test('a status call that fails once does not keep the next order from being opened', async () => {
  const user = await shop.addUser();
  const { body } = await shop.open().click(user);
  const later = new Date(Date.parse(String(body.expiresAt)) + 1000);
  shop.gateway.sandbox.finish(String(body.merchantOrderId), { outcome: 'EXPIRED' });
  shop.gateway.sandbox.faults.set([{ operation: 'status', kind: 'reset' }]);
  const next = await shop.open({ now: later }).click(user);
  expect(next.statusCode).toBe(200);
  expect(next.body.reused).toBe(false);
});

test.each([
  ['a day later than asked for: a minute later at most', -24 * 60, 31],
  ['sooner than asked for: then', 10, undefined],
  ['before it was opened: as long as was asked for', 24 * 60, 30],
])('a page that ends, by the gateway, %s', async (_title, aheadMinutes, lastsMinutes) => {
  const now = new Date(Date.now() + aheadMinutes * 60_000);
  const user = await shop.addUser();
  const { body } = await shop.open({ now }).click(user);
  const told = shop.gateway.sandbox.orders.get(String(body.merchantOrderId))?.expireAt ?? 0;
  const ends = lastsMinutes === undefined ? told : now.getTime() + lastsMinutes * 60_000;
  expect(body.expiresAt).toBe(new Date(ends).toISOString());
  expect(await shop.rowOf(body.transactionId)).toMatchObject({ expiresAt: body.expiresAt });
});

describe('the gateway refuses', () => {
  test('and does not know the order: 502, the row fenced, the slot free, the next click a new order', async () => {
    const user = await shop.addUser();
    const instance = shop.open();
    shop.gateway.sandbox.faults.set([{ operation: 'pay', kind: 'status', status: 400 }]);
    const refused = await instance.click(user);
    expect(refused.statusCode).toBe(502);
    expect(refused.body).toMatchObject({ error: { code: 'GATEWAY_REFUSED' } });
    expect(instance.platform.counted('PaymentInitiationFailed')).toBe(1);
    expect(await shop.slotOf(user)).toEqual({
      checkoutKey: `${user.userId}#pro`,
      updatedAt: expect.any(String),
    });
    const next = await instance.click(user);
    expect(next.statusCode).toBe(200);
    expect(shop.gatewayOrdersOf(user)).toHaveLength(1);
  });

  test('but has the order: 503, the order stays PENDING, the next click opens another', async () => {
    const user = await shop.addUser();
    const instance = shop.open();
    shop.gateway.sandbox.faults.set([
      { operation: 'pay', kind: 'status', status: 400, afterEffect: true },
    ]);
    const answer = await instance.click(user);
    expect(answer.statusCode).toBe(503);
    expect(await currentRow(user)).toMatchObject({ status: 'PENDING' });
    expect(await currentRow(user)).not.toHaveProperty('supersededBy');
    await expectOneFreshPage(user);
  });

  test('and cannot be asked about it: 503, and the slot keeps the order', async () => {
    const user = await shop.addUser();
    shop.gateway.sandbox.faults.set([
      { operation: 'pay', kind: 'status', status: 400 },
      { operation: 'status', kind: 'status', status: 500, count: null },
    ]);
    const answer = await shop.open().click(user);
    expect(answer.statusCode).toBe(503);
    expect(await currentRow(user)).toMatchObject({ status: 'PENDING' });
  });
});

describe('the gateway gives no page: 503 with Retry-After, and the next click has one at once', () => {
  test.each([
    ['an error of its own', { kind: 'status', status: 500 }],
    ['an error of its own, the order made', { kind: 'status', status: 500, afterEffect: true }],
    ['a cut connection', { kind: 'reset' }],
    ['a cut connection, the order made', { kind: 'reset', afterEffect: true }],
    ['half an answer', { kind: 'malformed', afterEffect: true }],
    ['too many requests', { kind: 'status', status: 429 }],
  ] as const)('%s', async (_name, fault) => {
    const user = await shop.addUser();
    const instance = shop.open();
    shop.gateway.sandbox.faults.set([{ operation: 'pay', ...fault }]);
    const answer = await instance.click(user);
    expect(answer.statusCode).toBe(503);
    expect(answer.body).toMatchObject({ error: { code: 'GATEWAY_UNAVAILABLE' } });
    expect(answer.headers['retry-after']).toBe('5');
    expect(instance.platform.counted('PaymentInitiationFailed')).toBe(1);
    await expectOneFreshPage(user);
  });

  test('no token', async () => {
    const user = await shop.addUser();
    shop.gateway.sandbox.faults.set([{ operation: 'token', kind: 'status', count: null }]);
    const answer = await shop.open().click(user);
    expect(answer.statusCode).toBe(503);
    shop.gateway.sandbox.faults.clear();
    await expectOneFreshPage(user);
  });

  test('the gateway does not listen', async () => {
    const user = await shop.addUser();
    const answer = await shop.open({ gatewayUrl: 'http://127.0.0.1:1' }).click(user);
    expect(answer.statusCode).toBe(503);
    await expectOneFreshPage(user);
  });

  test('silence, answered within the function’s timeout', async () => {
    keepTimeLimits();
    const user = await shop.addUser();
    shop.gateway.sandbox.faults.set([{ operation: 'pay', kind: 'hang', afterEffect: true }]);
    const { platform, click } = shop.open({ functionTimeoutMs: 4000 });
    const answer = await click(user);
    expect(answer.statusCode).toBe(503);
    expect(platform.summaries()[0]?.reason).toContain('timed out');
    await expectOneFreshPage(user);
  });
});

test('credentials rotated at the gateway and in the secret need no deploy', async () => {
  const instance = shop.open();
  await instance.click(await shop.addUser());
  const clientSecret = 'rotated-secret-77aa';
  shop.gateway.sandbox.rotate({ clientSecret });
  await shop.writeSecret({ clientSecret });
  const answer = await instance.click(await shop.addUser());
  shop.gateway.sandbox.rotate({ clientSecret: sandboxCredentials.clientSecret });
  expect(answer.statusCode).toBe(200);
});

describe('the secret', () => {
  test.each([
    ['a key missing', { ...sandboxCredentials, clientSecret: undefined }, 'clientSecret'],
    ['a key of the wrong type', { ...sandboxCredentials, clientId: 7 }, 'clientId'],
    ['no object', sandboxCredentials.clientSecret, 'not a JSON object'],
  ])('%s: 503, and the log names the key, never a value', async (_name, value, named) => {
    const user = await shop.addUser();
    await shop.cloud.writeSecret(shop.cloud.topology.secrets.gatewayCredentials, value);
    const { platform, click } = shop.open();
    const answer = await click(user);
    expect(answer.statusCode).toBe(503);
    expect(JSON.stringify(answer.body)).not.toContain('marketplace/phonepe');
    expect(platform.summaries()[0]?.reason).toContain('secret marketplace/phonepe/credentials');
    expect(platform.summaries()[0]?.reason).toContain(named);
    await shop.writeSecret();
    await expectOneFreshPage(user);
  });

  test('Secrets Manager down: 503 and a line that says so', async () => {
    const user = await shop.addUser();
    shop.cloud.cloud.intercept(({ service }) =>
      service === 'secretsmanager'
        ? { when: 'before', status: 500, errorType: 'InternalServiceError' }
        : undefined,
    );
    const { platform, click } = shop.open();
    const answer = await click(user);
    expect(answer.statusCode).toBe(503);
    expect(platform.summaries()[0]?.reason).toContain('cannot be read');
  });
});

test('log lines hold no address and no secret', () => {
  expect(shop.printed()).not.toMatch(/\w@\w|client-secret|rotated-secret/);
});

/** Whatever happened before: the next click gets a page, and of all the orders only that one can be paid. */
async function expectOneFreshPage(user: TestUser) {
  const next = await shop.open().click(user);
  expect(next.statusCode).toBe(200);
  expect(next.body.reused).toBe(false);
  const rows = await Promise.all(
    shop.gatewayOrdersOf(user).map(({ merchantOrderId }) => shop.rowOf(`txn_${merchantOrderId}`)),
  );
  const handedOut = rows.filter((row) => row?.redirectUrl !== undefined);
  expect(handedOut.map((row) => row?.redirectUrl)).toEqual([next.body.redirectUrl]);
}

async function currentRow(user: TestUser) {
  const slot = await shop.slotOf(user);
  return shop.rowOf(`txn_${slot?.merchantOrderId}`);
}
