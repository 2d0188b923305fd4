import { upgradeResponseSchema } from '@cloudnestle/contracts/http/upgrade';
import { transactionItemSchema } from '@cloudnestle/contracts/items/transaction';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Shop, startShop } from '../testing/start-shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop();
});
afterAll(() => shop.stop());

test('a first click answers a payment page of ₹299 that the gateway really has', async () => {
  const user = await shop.addUser();
  const instance = shop.open();
  const answer = await instance.click(user);
  expect(answer.statusCode).toBe(200);
  const body = upgradeResponseSchema.parse(answer.body);
  const [order, ...others] = shop.gatewayOrdersOf(user);
  expect(others).toEqual([]);
  expect(body).toMatchObject({
    transactionId: `txn_${order?.merchantOrderId}`,
    redirectUrl: order?.checkoutUrl,
    amount: 299,
    amountInPaisa: 29_900,
    currency: 'INR',
    status: 'PENDING',
    reused: false,
  });
  expect(body.merchantOrderId).toMatch(new RegExp(`^MP-${user.userId}-\\d{10}-[a-z0-9]{6}$`));
  expect(instance.platform.counted('PaymentInitiationSucceeded')).toBe(1);
});

test('the row is PENDING, findable by the sweep, with the plan as sold and the page as handed out', async () => {
  const user = await shop.addUser();
  const { body } = await shop.open().click(user, { source: 'search-app' });
  const row = transactionItemSchema.parse(await shop.rowOf(body.transactionId));
  expect(row).toMatchObject({
    status: 'PENDING',
    userEmail: user.userEmail,
    amount: 29_900,
    plan: { planId: 'pro', amountInPaisa: 29_900 },
    paymentMethod: 'phonepe',
    source: 'search-app',
    redirectUrl: body.redirectUrl,
    phonepeOrderId: body.phonepeOrderId,
    expiresAt: body.expiresAt,
    openShard: 'OPEN#0',
    nextCheckAt: new Date(Date.parse(row.createdAt) + 25_000).toISOString(),
    dayShard: expect.stringMatching(/^\d{4}-\d\d-\d\d#0$/),
  });
  expect(Object.values(row.history ?? {})).toEqual([{ what: 'created', at: row.createdAt }]);
});

test('the slot names the order and its claimant, with a lease as long as the function may run', async () => {
  const now = new Date();
  const user = await shop.addUser();
  const { body } = await shop.open({ now }).click(user);
  const row = await shop.rowOf(body.transactionId);
  expect(await shop.slotOf(user)).toEqual({
    checkoutKey: `${user.userId}#pro`,
    merchantOrderId: body.merchantOrderId,
    claimId: row?.createdBy,
    leaseUntil: new Date(now.getTime() + 10_000).toISOString(),
    updatedAt: now.toISOString(),
  });
});

test('the buyer comes back to the page of the frontend they came from, with the order named', async () => {
  const user = await shop.addUser();
  const { body } = await shop.open().click(user, { source: 'search-app' });
  const order = shop.gateway.sandbox.orders.get(String(body.merchantOrderId));
  expect(order?.redirectUrl).toBe(
    `https://search.example/paid?transactionId=${body.transactionId}`,
  );
});

test('PaymentInitiated goes out with the page and what the row says, and as the same fact with each further click', async () => {
  const user = await shop.addUser();
  const instance = shop.open();
  const { body } = await instance.click(user);
  const event = await shop.findInitiated(body.transactionId);
  expect(event.detail).toMatchObject({
    metadata: { producer: 'checkout', correlationId: body.transactionId },
    data: {
      userEmail: user.userEmail,
      redirectUrl: body.redirectUrl,
      expiresAt: body.expiresAt,
      source: 'marketplace',
    },
  });
  await instance.click(user);
  const again = await shop.findInitiated(body.transactionId);
  const factOf = ({ detail }: Record<string, unknown>) => {
    const { metadata, data } = Object(detail);
    return { eventId: metadata.eventId, data };
  };
  expect(factOf(again)).toEqual(factOf(event));
});

test('a new order costs five AWS calls and one of the gateway; the secret is read once', async () => {
  const instance = shop.open();
  await instance.click(await shop.addUser());
  const user = await shop.addUser();
  const payBefore = shop.gateway.sandbox.calls.pay;
  shop.cloud.cloud.calls.reset();
  await instance.click(user);
  expect(listCalls()).toEqual([
    'dynamodb GetItem marketplace-users',
    'dynamodb UpdateItem marketplace-payment-checkouts',
    'dynamodb PutItem marketplace-payment-transactions',
    'dynamodb UpdateItem marketplace-payment-transactions',
    'events PutEvents marketplace-payments',
  ]);
  expect(shop.gateway.sandbox.calls.pay - payBefore).toBe(1);
});

test('a click while the page is open answers the same page again, with five AWS calls and none of the gateway', async () => {
  const user = await shop.addUser();
  const instance = shop.open();
  const first = await instance.click(user);
  const gatewayCalls = { ...shop.gateway.sandbox.calls };
  shop.cloud.cloud.calls.reset();
  const second = await shop.open().click(user);
  expect(listCalls()).toEqual([
    'dynamodb GetItem marketplace-users',
    'dynamodb UpdateItem marketplace-payment-checkouts',
    'dynamodb GetItem marketplace-payment-checkouts',
    'dynamodb GetItem marketplace-payment-transactions',
    'events PutEvents marketplace-payments',
  ]);
  expect(shop.gateway.sandbox.calls).toEqual(gatewayCalls);
  expect(second.statusCode).toBe(200);
  const { message, requestId, reused, ...same } = second.body;
  expect(first.body).toMatchObject(same);
  expect(reused).toBe(true);
});

test('the email may be spelled with other letters and spaces around it, and the order keeps the row’s', async () => {
  const user = await shop.addUser();
  const answer = await shop
    .open()
    .click({ ...user, userEmail: `  ${user.userEmail.toUpperCase()} ` });
  expect(answer.statusCode).toBe(200);
  const row = await shop.rowOf(answer.body.transactionId);
  expect(row?.userEmail).toBe(user.userEmail);
});

test('one summary line says what happened, with ids and no address', async () => {
  const user = await shop.addUser();
  const { platform, click } = shop.open();
  const { body } = await click(user);
  expect(platform.summaries()).toEqual([
    expect.objectContaining({
      unit: 'upgrade',
      outcome: 'opened',
      statusCode: 200,
      transactionId: body.transactionId,
      userId: user.userId,
    }),
  ]);
  expect(shop.printed()).not.toMatch(/\w@\w/);
});

function listCalls(): string[] {
  return shop.cloud.cloud.calls
    .list()
    .map(({ service, operation, target }) => `${service} ${operation} ${target}`);
}
