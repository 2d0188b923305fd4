import { expect, test } from 'vitest';
import { openMerchant, payRequest, redirectUrl } from '../testing/open-merchant.ts';
import { payShape, read } from '../testing/shapes.ts';

const generic = { code: 'BAD_REQUEST', message: 'Please check the inputs you have provided.' };

test('an accepted order is PENDING, has an id in the real shape and a page to pay on', async () => {
  const merchant = await openMerchant({ now: () => new Date('2026-11-23T06:30:00.250Z') });
  const answer = await read(await merchant.pay(), payShape);
  expect(answer).toEqual({
    orderId: expect.stringMatching(/^OMO261123120000250\d{7}$/),
    state: 'PENDING',
    expireAt: Date.UTC(2026, 10, 23, 7, 0, 0, 250),
    redirectUrl: expect.stringContaining(
      `${merchant.url}/phonepe/checkout/${answer.orderId}?token=`,
    ),
  });
  expect(await merchant.status()).toEqual({
    merchantId: 'MERCHANTUAT',
    merchantOrderId: 'MO-1',
    orderId: answer.orderId,
    state: 'PENDING',
    amount: 29_900,
    expireAt: answer.expireAt,
    paymentDetails: [],
  });
});

const flow = (changes: object) => ({ paymentFlow: { ...payRequest({}).paymentFlow, ...changes } });

test.each([
  ['an amount below 100 paisa', { amount: 99 }],
  ['a fraction of a paisa', { amount: 299.5 }],
  ['an amount as text', { amount: '29900' }],
  ['an expiry below 300 s', { expireAfter: 299 }],
  ['an expiry above 3600 s', { expireAfter: 3601 }],
  ['an id of 64 characters', { merchantOrderId: 'a'.repeat(64) }],
  ['an id with a dot', { merchantOrderId: 'MO.1' }],
  ['no id', { merchantOrderId: undefined }],
  ['no redirectUrl', flow({ merchantUrls: {} })],
  ['a script as redirectUrl', flow({ merchantUrls: { redirectUrl: 'javascript:alert(1)' } })],
  ['another flow', flow({ type: 'PG' })],
  [
    'modes both enabled and disabled',
    flow({ paymentModeConfig: { enabledPaymentModes: [], disabledPaymentModes: [] } }),
  ],
  ['an unknown meta field', { metaInfo: { order: 'x' } }],
  ['a long udf1', { metaInfo: { udf1: 'x'.repeat(257) } }],
  ['a udf11 with a slash', { metaInfo: { udf11: 'a/b' } }],
])('%s is refused in the generic words', async (_title, changes) => {
  const merchant = await openMerchant();
  const answer = await merchant.pay(changes);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toEqual(generic);
  expect(merchant.sandbox.orders.list()).toEqual([]);
});

test.each([
  ['the least', { amount: 100, expireAfter: 300 }],
  ['the most', { merchantOrderId: 'a'.repeat(63), expireAfter: 3600 }],
  ['meta fields', { metaInfo: { udf1: '<b>', udf11: 'a-b_c @.+' } }],
])('%s that the documents allow is accepted', async (_title, changes) => {
  const merchant = await openMerchant();
  expect((await merchant.pay(changes)).status).toBe(200);
});

test('a used merchantOrderId is refused in the same words as bad input, and the order stays as it was', async () => {
  const merchant = await openMerchant();
  await merchant.pay();
  const again = await merchant.pay({ amount: 100 });
  expect([again.status, await again.json()]).toEqual([400, generic]);
  expect(await merchant.status()).toMatchObject({ amount: 29_900 });
});

test('meta fields come back with the status', async () => {
  const merchant = await openMerchant();
  await merchant.pay({ metaInfo: { udf1: 'plan-pro' } });
  expect(await merchant.status()).toMatchObject({ metaInfo: { udf1: 'plan-pro' } });
});

test.each([
  ['INVALID_MERCHANT_ORDER_ID', 400],
  ['MERCHANT_ORDER_MAPPING_NOT_FOUND', 400],
  ['ORDER_NOT_FOUND', 404],
] as const)('an unknown order can be answered %s', async (unknownOrderCode, status) => {
  const merchant = await openMerchant({ unknownOrderCode });
  const answer = await merchant.call('/checkout/v2/order/MO-9/status');
  expect(answer.status).toBe(status);
  expect(await answer.json()).toMatchObject({ code: unknownOrderCode });
});

test.each(['/checkout/v2/orders', '/v1/oauth'])('%s is no API', async (path) => {
  const merchant = await openMerchant();
  expect((await merchant.call(path)).status).toBe(404);
});

test('another base path and another return address are used as given', async () => {
  const merchant = await openMerchant({ basePath: '/elsewhere' });
  await merchant.pay();
  const order = merchant.sandbox.orders.get('MO-1');
  expect(order?.checkoutUrl).toContain(`${merchant.url}/elsewhere/checkout/`);
  expect(order?.redirectUrl).toBe(redirectUrl);
});
