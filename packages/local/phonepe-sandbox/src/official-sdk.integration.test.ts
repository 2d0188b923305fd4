import {
  Env,
  MetaInfo,
  PhonePeException,
  RefundRequest,
  StandardCheckoutClient,
  StandardCheckoutPayRequest,
} from '@phonepe-pg/pg-sdk-node';
import { BaseUrl } from '@phonepe-pg/pg-sdk-node/dist/common/constants/BaseUrl.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningSandbox, startSandbox } from './listen.ts';
import { openHook } from './testing/open-merchant.ts';

let running: RunningSandbox;
let hook: Awaited<ReturnType<typeof openHook>>;
let client: StandardCheckoutClient;

beforeAll(async () => {
  hook = await openHook();
  running = await startSandbox({
    credentials: {
      clientId: 'client',
      clientSecret: 'secret',
      clientVersion: '1',
      merchantId: 'M1',
    },
    webhook: {
      url: () => hook.url,
      auth: { kind: 'sha256', username: 'local_webhook', password: 'localWebhook1' },
      variant: 'legacy-extra',
    },
    refundDelayMs: null,
  });
  // The client has no setting for its addresses; it reads them from here when it is made.
  BaseUrl.SANDBOX.PG_HOST_URL = running.apiUrl;
  BaseUrl.SANDBOX.OAUTH_HOST_URL = running.apiUrl;
  client = StandardCheckoutClient.getInstance('client', 'secret', 1, Env.SANDBOX, false);
});

afterAll(async () => {
  await running.close();
  await hook.close();
});

const payRequest = (merchantOrderId: string, amount = 29_900) =>
  StandardCheckoutPayRequest.builder()
    .merchantOrderId(merchantOrderId)
    .amount(amount)
    .expireAfter(1_800)
    .metaInfo(MetaInfo.builder().udf1('pro').build())
    .redirectUrl('http://shop.test/return?transactionId=1')
    .build();

test('the official client pays, asks, refunds and checks the callback as against PhonePe', async () => {
  const created = await client.pay(payRequest('MO-1'));
  expect(created.state).toBe('PENDING');
  expect((await client.getOrderStatus('MO-1')).paymentDetails).toEqual([]);

  const form = new URLSearchParams({ action: 'pay', mode: 'UPI' });
  await fetch(created.redirectUrl, { method: 'POST', body: form, redirect: 'manual' });
  await running.sandbox.deliveries.settled();

  const status = await client.getOrderStatus('MO-1', true);
  expect(status).toMatchObject({ orderId: created.orderId, state: 'COMPLETED', amount: 29_900 });
  expect(status.paymentDetails[0]?.rail).toMatchObject({ utr: expect.stringMatching(/^\d{12}$/) });
  expect(status.metaInfo?.udf1).toBe('pro');

  const { headers, body } = hook.received[0] ?? { headers: {}, body: '' };
  const authorization = String(headers.authorization);
  const callback = client.validateCallback('local_webhook', 'localWebhook1', authorization, body);
  expect(callback.type).toBe('CHECKOUT_ORDER_COMPLETED');
  expect(callback.payload).toMatchObject({ merchantOrderId: 'MO-1', state: 'COMPLETED' });

  const request = RefundRequest.builder()
    .merchantRefundId('R-1')
    .originalMerchantOrderId('MO-1')
    .amount(29_900)
    .build();
  expect(await client.refund(request)).toMatchObject({ state: 'PENDING', amount: 29_900 });
  running.sandbox.finishRefund('R-1', { outcome: 'COMPLETED' });
  const refunded = await client.getRefundStatus('R-1');
  expect(refunded).toMatchObject({ merchantRefundId: 'R-1', state: 'COMPLETED', merchantId: 'M1' });
  expect(refunded.paymentDetails[0]?.amount).toBe(29_900);
});

test('the official client reads each refund body in circulation, and what is refused as its own error class', async () => {
  const created = await client.pay(payRequest('MO-5'));
  running.sandbox.finish('MO-5', { outcome: 'COMPLETED', mode: 'SPLIT' });
  const ask = (id: string, amount: number) =>
    client.refund(
      RefundRequest.builder()
        .merchantRefundId(id)
        .originalMerchantOrderId('MO-5')
        .amount(amount)
        .build(),
    );
  expect(created.state).toBe('PENDING');
  await ask('R-5', 20_000);
  const refused = await ask('R-6', 100).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(PhonePeException);
  expect(refused).toMatchObject({ httpStatusCode: 400, code: 'PREVIOUS_ORDER_IN_PROGRESS' });
  running.sandbox.finishRefund('R-5', { outcome: 'CONFIRMED' });
  for (const statusBody of ['all', 'documented', 'clients', 'newest'] as const) {
    running.sandbox.refundRules.set({ statusBody });
    expect(await client.getRefundStatus('R-5')).toMatchObject({
      originalMerchantOrderId: 'MO-5',
      state: 'CONFIRMED',
      amount: 20_000,
    });
  }
  running.sandbox.finishRefund('R-5', { outcome: 'FAILED' });
  running.sandbox.refundRules.set({ statusBody: 'clients' });
  const failed = await client.getRefundStatus('R-5');
  expect(failed.paymentDetails[0]).toMatchObject({ state: 'FAILED', detailedErrorCode: 'BF_034' });
  expect(await ask('R-6', 29_900)).toMatchObject({ state: 'PENDING' });
});

test("the official client refuses a callback that carries another hook's credentials", async () => {
  await client.pay(payRequest('MO-2'));
  const { headers, body } = running.sandbox.signWebhook('MO-2') ?? {};
  const text = new TextDecoder().decode(body);
  const check = (password: string) =>
    client.validateCallback('local_webhook', password, headers?.authorization ?? '', text);
  expect(() => check('another1')).toThrow('Invalid Callback');
  expect(check('localWebhook1').payload.merchantOrderId).toBe('MO-2');
});

test('the official client reads the refusals as its own error classes', async () => {
  const refused = await client.pay(payRequest('MO-3', 99)).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(PhonePeException);
  expect(refused).toMatchObject({ type: 'BadRequest', httpStatusCode: 400, code: 'BAD_REQUEST' });
  const unknown = await client.getOrderStatus('MO-9').catch((error: unknown) => error);
  expect(unknown).toMatchObject({ httpStatusCode: 400, code: 'INVALID_MERCHANT_ORDER_ID' });
});

test('the official client gets over void tokens by fetching a new one', async () => {
  await client.pay(payRequest('MO-4'));
  running.sandbox.rotate({});
  expect(await client.getOrderStatus('MO-4')).toMatchObject({ state: 'PENDING' });
});
