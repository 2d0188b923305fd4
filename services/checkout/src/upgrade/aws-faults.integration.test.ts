import { keepTimeLimits } from '@cloudnestle/test-kit/keep-time-limits';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type CloudFault, failCalls, failNthCall } from '../testing/fail-calls.ts';
import { type Shop, startShop, type TestUser } from '../testing/start-shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop();
});
afterEach(() => shop.cloud.cloud.intercept(undefined));
afterAll(() => shop.stop());

/** Every AWS call of a new order, and a part of its request that no other one has. */
const calls = [
  ['the user’s row', 'GetItem', 'marketplace-users'],
  ['the slot', 'UpdateItem', 'marketplace-payment-checkouts'],
  ['the order’s row', 'PutItem', 'marketplace-payment-transactions'],
  ['the secret', 'GetSecretValue', 'marketplace/phonepe/credentials'],
  ['the page', 'UpdateItem', 'marketplace-payment-transactions'],
  ['the event', 'PutEvents', 'marketplace-payments'],
] as const;

const faults: [string, CloudFault][] = [
  ['fails', { when: 'before', status: 500, errorType: 'InternalServerError' }],
  ['loses its connection', { when: 'before', reset: true }],
  ['is done and its answer lost', { when: 'after', reset: true }],
];

describe.each(calls)('%s', (_what, operation, target) => {
  test.each(faults)('%s once: the buyer does not notice', async (_how, fault) => {
    const user = await shop.addUser();
    const met = failCalls(shop.cloud, { operation, target }, fault, { times: 1 });
    const answer = await shop.open().click(user);
    expect(met()).toBe(1);
    expect(answer.statusCode).toBe(200);
    expect(answer.body.reused).toBe(false);
    expect(await shop.rowOf(answer.body.transactionId)).toMatchObject({
      redirectUrl: answer.body.redirectUrl,
    });
    expect(shop.gatewayOrdersOf(user)).toHaveLength(1);
    await expectReuse(user, answer.body.redirectUrl);
  });
});

describe.each(calls.filter(([, operation]) => operation !== 'PutEvents'))(
  '%s, again and again',
  (_what, operation, target) => {
    test.each([
      ['fails', { when: 'before', status: 500, errorType: 'InternalServerError' }],
      ['is done and its answer lost', { when: 'after', reset: true }],
    ] satisfies [string, CloudFault][])(
      '%s: 503, and once it works the next click has a page, the only one',
      async (_how, fault) => {
        const user = await shop.addUser();
        failCalls(shop.cloud, { operation, target }, fault);
        const instance = shop.open();
        const answer = await instance.click(user);
        expect(answer.statusCode).toBe(503);
        expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
        expect(instance.platform.counted('PaymentInitiationFailed')).toBe(1);
        shop.cloud.cloud.intercept(undefined);
        await expectOnePage(user);
      },
    );
  },
);

/** The other ways to a page, each with a buyer who is about to take it, and whether it ends with the page there was. */
const ways: [string, () => Promise<TestUser>, boolean][] = [
  ['returning to an open page', withOpenPage, true],
  ['replacing an expired order', withExpiredPage, false],
  ['taking the place of a click that died', withDeadClick, false],
];

describe.each(ways)('%s, with each single AWS call in turn', (_way, prepare, reused) => {
  test.each(faults)('%s: the buyer does not notice', async (_how, fault) => {
    for (let nth = 1; ; nth += 1) {
      const user = await prepare();
      const instance = shop.open();
      const wasMet = failNthCall(shop.cloud, nth, fault);
      const answer = await instance.click(user);
      shop.cloud.cloud.intercept(undefined);
      expect(answer.statusCode, `call ${nth}`).toBe(200);
      expect(answer.body.reused, `call ${nth}`).toBe(reused);
      expect((await shop.slotOf(user))?.merchantOrderId).toBe(answer.body.merchantOrderId);
      if (!wasMet()) break;
    }
  });
});

test.each([
  ['refuses the event', { partialFailure: true }],
  ['is down', { when: 'before', status: 500, errorType: 'InternalFailure' }],
  ['hangs', { hangMs: 60_000 }],
] satisfies [string, CloudFault][])(
  'the bus %s: the buyer has the page all the same, and it is counted',
  async (_how, fault) => {
    keepTimeLimits();
    const user = await shop.addUser();
    failCalls(shop.cloud, { operation: 'PutEvents', target: 'marketplace-payments' }, fault);
    const instance = shop.open();
    const answer = await instance.click(user);
    expect(answer.statusCode).toBe(200);
    expect(instance.platform.counted('InitiatedPublishFailed')).toBe(1);
    expect(instance.platform.counted('PaymentInitiationSucceeded')).toBe(1);
    await expectReuse(user, answer.body.redirectUrl);
  },
);

test('a slot whose table is throttled for a moment: the buyer does not notice', async () => {
  const user = await shop.addUser();
  const slot = { operation: 'UpdateItem', target: 'marketplace-payment-checkouts' };
  const throttled = { when: 'before', status: 400, errorType: 'ThrottlingException' } as const;
  failCalls(shop.cloud, slot, throttled, { times: 1 });
  expect((await shop.open().click(user)).statusCode).toBe(200);
});

test('a page’s address that is written down and confirmed too late is written once', async () => {
  keepTimeLimits();
  const user = await shop.addUser();
  const page = { operation: 'UpdateItem', target: 'marketplace-payment-transactions' };
  failCalls(shop.cloud, page, { when: 'after', hangMs: 1500 }, { times: 1 });
  const answer = await shop.open().click(user);
  expect(answer.statusCode).toBe(200);
  await expectReuse(user, answer.body.redirectUrl);
});

test('a table that hangs: 503 within the function’s timeout', async () => {
  keepTimeLimits();
  const user = await shop.addUser();
  const users = { operation: 'GetItem', target: 'marketplace-users' };
  failCalls(shop.cloud, users, { hangMs: 60_000 });
  const instance = shop.open({ functionTimeoutMs: 2000 });
  const answer = await instance.click(user);
  expect(answer.statusCode).toBe(503);
  expect(instance.platform.summaries()[0]?.reason).toBe('no result within 1500 ms');
});

test('a slot item that cannot be read: 500, and no order', async () => {
  const user = await shop.addUser();
  await shop.cloud.put('checkouts', { checkoutKey: `${user.userId}#pro`, paid: 'yes' });
  const answer = await shop.open().click(user);
  expect(answer.statusCode).toBe(500);
  expect(shop.gatewayOrdersOf(user)).toEqual([]);
});

test('log lines name no address', () => {
  expect(shop.printed()).not.toMatch(/\w@\w/);
});

async function expectReuse(user: TestUser, redirectUrl: unknown) {
  shop.cloud.cloud.intercept(undefined);
  const next = await shop.open().click(user);
  expect(next.statusCode).toBe(200);
  expect(next.body).toMatchObject({ reused: true, redirectUrl });
}

async function expectOnePage(user: TestUser) {
  const next = await shop.open().click(user);
  expect(next.statusCode).toBe(200);
  const rows = await Promise.all(
    shop.gatewayOrdersOf(user).map(({ merchantOrderId }) => shop.rowOf(`txn_${merchantOrderId}`)),
  );
  const pages = rows.flatMap((row) => (row?.redirectUrl ? [row.redirectUrl] : []));
  expect(pages).toEqual([next.body.redirectUrl]);
}

async function withOpenPage(): Promise<TestUser> {
  const user = await shop.addUser();
  await shop.open().click(user);
  return user;
}

async function withExpiredPage(): Promise<TestUser> {
  const user = await withOpenPage();
  await shop.expirePages(user);
  return user;
}

async function withDeadClick(): Promise<TestUser> {
  const user = await shop.addUser();
  await shop.cloud.put('checkouts', {
    checkoutKey: `${user.userId}#pro`,
    merchantOrderId: `MP-${user.userId}-dead`,
    claimId: 'a-click-that-died',
    leaseUntil: '2025-11-23T09:00:10.000Z',
  });
  return user;
}
