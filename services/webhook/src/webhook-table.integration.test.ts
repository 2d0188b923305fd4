import { gateways } from '@cloudnestle/contracts/gateways';
import { hmacSignature, sha256AuthorizationHeader } from '@cloudnestle/phonepe/webhook-signature';
import type { HttpHandler } from '@cloudnestle/runtime/http/handler';
import { createFakePlatform } from '@cloudnestle/runtime/testing/fake-platform';
import { invokeHttp } from '@cloudnestle/runtime/testing/invoke';
import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import { testEnvironment } from '@cloudnestle/test-kit/function-environment';
import {
  placeOrder,
  type RunningSandbox,
  sandboxCredentials,
  startTestGateway,
  webhookCredentials,
  webhookHmacKey,
  writeGatewaySecret,
} from '@cloudnestle/test-kit/gateway';
import { sampleRow } from '@cloudnestle/test-kit/samples';
import { waitFor } from '@cloudnestle/test-kit/wait-for';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildHandler } from './composition.ts';

let cloud: TestCloud;
let gateway: RunningSandbox;
let handler: HttpHandler;
let platform = createFakePlatform();

const authorization = sha256AuthorizationHeader(
  webhookCredentials.username,
  webhookCredentials.password,
);

function compose(): HttpHandler {
  platform = createFakePlatform();
  return buildHandler(testEnvironment(cloud, 'webhook', { gatewayUrl: gateway.apiUrl }), platform);
}

beforeAll(async () => {
  cloud = await startTestCloud();
  gateway = await startTestGateway(cloud);
});
beforeEach(async () => {
  cloud.cloud.intercept(undefined);
  gateway.sandbox.faults.clear();
  await writeGatewaySecret(cloud);
  for (const { subscriber } of cloud.topology.subscriptions) {
    await cloud.receive(subscriber, 'queue');
  }
  cloud.cloud.calls.reset();
  handler = compose();
});
afterAll(async () => {
  await gateway.close();
  await cloud.stop();
});

/** An order in our table and at the gateway. */
async function place(changes: Parameters<typeof sampleRow>[0] = {}, amountInPaisa?: number) {
  const row = sampleRow(changes);
  await cloud.put('transactions', row);
  await placeOrder(gateway, row, amountInPaisa === undefined ? {} : { amountInPaisa });
  return row;
}

function bodyFor(merchantOrderId: string, changes: Record<string, unknown> = {}) {
  return {
    event: 'checkout.order.completed',
    payload: { merchantOrderId, state: 'COMPLETED', amount: 29_900, ...changes },
  };
}

const deliver = (body: unknown, headers: Record<string, string> = { authorization }) =>
  invokeHttp(handler, { path: gateways.phonepe.webhookPath, body, headers });

/** Detail types that reached the reconciliation queue, which hears every outcome. */
async function published(): Promise<string[]> {
  const messages = await cloud.receive('reconciliation', 'queue');
  return messages.map((message) => {
    const envelope = JSON.parse(message.Body ?? '{}') as { 'detail-type'?: string };
    return envelope['detail-type'] ?? 'none';
  });
}

const publishedSoon = (count: number) =>
  waitFor(`${count} event(s) on the bus`, async () => {
    const seen = await published();
    return seen.length >= count && seen;
  });

describe('row 1, no or wrong authentication: 401, counted, nothing read or asked', () => {
  const signed = JSON.stringify(bodyFor('MP-any'));
  it.each([
    ['no header', {}],
    ['an empty header', { authorization: '' }],
    ['another password', { authorization: sha256AuthorizationHeader('test_webhook', 'wrong') }],
    ['the credentials in clear', { authorization: 'test_webhook:testWebhook1' }],
    ['Basic authentication', { authorization: `Basic ${btoa('test_webhook:testWebhook1')}` }],
    ['a header cut short', { authorization: authorization.slice(0, -1) }],
    [
      'a signature of another body',
      {
        'x-phonepe-checksum-key-id': webhookHmacKey.id,
        'x-phonepe-checksum-signature': hmacSignature(webhookHmacKey.key, `${signed} `),
      },
    ],
    [
      'a signature by an unknown key',
      {
        'x-phonepe-checksum-key-id': 'key-2',
        'x-phonepe-checksum-signature': hmacSignature(webhookHmacKey.key, signed),
      },
    ],
  ])('%s', async (_what, headers) => {
    const answer = await deliver(signed, headers);
    expect(answer).toMatchObject({ statusCode: 401, body: { error: { code: 'UNAUTHENTICATED' } } });
    expect(platform.counted('WebhookAuthenticationFailed')).toBe(1);
    expect(cloud.cloud.calls.count('dynamodb', 'GetItem')).toBe(0);
  });

  it('comes before any parsing: garbage is 401, not 400', async () => {
    expect((await deliver('{"half', {})).statusCode).toBe(401);
  });
});

it.each(['hex', 'base64'] as const)('takes a hook that signs in %s', async (encoding) => {
  const row = await place();
  gateway.sandbox.finish(row.merchantOrderId, { outcome: 'COMPLETED', webhook: 'lose' });
  const body = JSON.stringify(bodyFor(row.merchantOrderId));
  const answer = await deliver(body, {
    'x-phonepe-checksum-key-id': webhookHmacKey.id,
    'x-phonepe-checksum-signature': hmacSignature(webhookHmacKey.key, body, encoding),
  });
  expect(answer).toMatchObject({ statusCode: 200, body: { result: 'published' } });
});

it('publishes a payment whose row has characters that no queue takes, from before they were refused', async () => {
  const row = await place({ userEmail: 'ra\uFFFFvi@example.com' });
  gateway.sandbox.finish(row.merchantOrderId, { outcome: 'COMPLETED', webhook: 'lose' });
  const answer = await deliver(bodyFor(row.merchantOrderId));
  expect(answer).toMatchObject({ statusCode: 200, body: { result: 'published' } });
  expect(await publishedSoon(1)).toEqual(['PaymentCompleted']);
});

it('row 2, no credentials configured: 503, the endpoint is off, never open', async () => {
  await writeGatewaySecret(cloud, { webhookCredentials: [], webhookHmacKeys: [] });
  handler = compose();
  const answer = await deliver(bodyFor('MP-any'));
  expect(answer).toMatchObject({ statusCode: 503, body: { error: { code: 'NOT_CONFIGURED' } } });
});

it('says which key of the secret is missing, in the log only and without values', async () => {
  await writeGatewaySecret(cloud, { merchantId: undefined });
  handler = compose();
  const answer = await deliver(bodyFor('MP-any'));
  expect(answer.statusCode).toBe(503);
  expect(JSON.stringify(answer.body)).not.toContain('merchantId');
  expect(platform.summaries().at(-1)?.reason).toContain('merchantId');
  expect(JSON.stringify(platform.lines)).not.toContain(sandboxCredentials.clientSecret);
});

it('answers 503 while Secrets Manager cannot be reached', async () => {
  cloud.cloud.intercept((call) =>
    call.service === 'secretsmanager' ? { when: 'before', reset: true } : undefined,
  );
  expect((await deliver(bodyFor('MP-any'))).statusCode).toBe(503);
});

describe('row 3, not JSON or not a callback: 400', () => {
  it.each([
    ['no JSON', '{"half'],
    ['a list', '[]'],
    ['no event', { payload: { merchantOrderId: 'MP-any' } }],
    ['a V1 callback', { response: 'eyJzdWNjZXNzIjp0cnVlfQ==' }],
    ['no order id', { event: 'checkout.order.completed', payload: { state: 'COMPLETED' } }],
  ])('%s', async (_what, body) => {
    const answer = await deliver(body);
    expect(answer.statusCode).toBe(400);
    expect(await published()).toEqual([]);
  });
});

describe('row 4, none of our business: 200 ignored, counted', () => {
  it.each([
    [
      'a failed attempt',
      { event: 'checkout.transaction.attempt.failed', payload: { state: 'PENDING' } },
    ],
    ['a settlement', { event: 'settlement.initiated', payload: { state: 'INITIATED' } }],
    ['a subscription', { event: 'subscription.notification.completed', payload: {} }],
    [
      'a mandate set up through checkout',
      bodyFor('MP-any', { paymentFlow: { type: 'SUBSCRIPTION_CHECKOUT_SETUP' } }),
    ],
    ['an event of the future', { event: 'checkout.order.teleported', payload: {} }],
  ])('%s', async (_what, body) => {
    expect(await deliver(body)).toMatchObject({ statusCode: 200, body: { result: 'ignored' } });
    expect(platform.counted('WebhookIgnored')).toBe(1);
    expect(await published()).toEqual([]);
  });
});

it.each([
  [
    'refund',
    {
      event: 'pg.refund.completed',
      payload: {
        refundId: 'OMR1',
        originalMerchantOrderId: 'MP-x',
        amount: 29_900,
        state: 'COMPLETED',
      },
    },
  ],
  [
    'dispute',
    {
      event: 'payment.dispute.created',
      payload: { disputeId: 'D1', merchantOrderId: 'MP-x', state: 'CREATED' },
    },
  ],
])('row 5, %s: 200 and GatewayEventReceived', async (_what, body) => {
  expect(await deliver(body)).toMatchObject({ statusCode: 200, body: { result: 'recorded' } });
  expect(await publishedSoon(1)).toEqual(['GatewayEventReceived']);
});

it('a route to which no gateway sends its webhooks: 500, and nothing is read or published', async () => {
  const answer = await invokeHttp(handler, {
    path: '/payments/other-webhook',
    headers: { authorization },
    body: bodyFor('MP-any'),
  });
  expect(answer).toMatchObject({ statusCode: 500, body: { error: { code: 'INTERNAL_ERROR' } } });
  expect(platform.summaries().at(-1)?.reason).toContain('/payments/other-webhook');
  expect(cloud.cloud.calls.count('dynamodb', 'GetItem')).toBe(0);
  expect(await published()).toEqual([]);
});

it('an order of a gateway that is not registered any more: 503, no other gateway is asked, and no outcome', async () => {
  const row = await place({ paymentMethod: 'closed-gateway' });
  gateway.sandbox.finish(row.merchantOrderId, { outcome: 'COMPLETED', webhook: 'lose' });
  const before = gateway.sandbox.calls.status;
  const answer = await deliver(bodyFor(row.merchantOrderId));
  expect(answer).toMatchObject({ statusCode: 503, body: { error: { code: 'TRY_AGAIN' } } });
  expect(platform.summaries().at(-1)?.reason).toContain('registered as "closed-gateway"');
  expect(gateway.sandbox.calls.status).toBe(before);
  expect(await published()).toEqual([]);
});

it('row 6, unknown order: 404 and a line in the log', async () => {
  const answer = await deliver(bodyFor('MP-unknown-1732356000-abc123'));
  expect(answer).toMatchObject({ statusCode: 404, body: { error: { code: 'ORDER_NOT_FOUND' } } });
  expect(platform.counted('WebhookUnknownOrder')).toBe(1);
});

describe('an order named by the gateway’s id alone is found by the index, and its row read anew', () => {
  const bodyOf = (orderId: string) => ({
    event: 'checkout.order.completed',
    payload: { orderId, state: 'COMPLETED', amount: 29_900 },
  });

  it('paid: 200 and the outcome is published', async () => {
    const row = await place({ phonepeOrderId: 'OMO-by-index-1' });
    gateway.sandbox.finish(row.merchantOrderId, { outcome: 'COMPLETED', webhook: 'lose' });
    const reads: { operation: string; body: unknown }[] = [];
    cloud.cloud.intercept(({ service, operation, body }) => {
      if (service === 'dynamodb') reads.push({ operation, body });
      return undefined;
    });
    const answer = await deliver(bodyOf('OMO-by-index-1'));
    expect(answer).toMatchObject({ statusCode: 200, body: { result: 'published' } });
    expect(await publishedSoon(1)).toEqual(['PaymentCompleted']);
    expect(reads).toMatchObject([
      { operation: 'Query' },
      { operation: 'GetItem', body: { ConsistentRead: true } },
    ]);
    expect(platform.summaries().at(-1)).toMatchObject({ merchantOrderId: row.merchantOrderId });
  });

  it('COMPLETED already: 200 duplicate', async () => {
    await place({ phonepeOrderId: 'OMO-by-index-2', status: 'COMPLETED' });
    const answer = await deliver(bodyOf('OMO-by-index-2'));
    expect(answer).toMatchObject({ statusCode: 200, body: { result: 'duplicate' } });
  });

  it('no order, or two: 404 and a line in the log that names it', async () => {
    await place({ phonepeOrderId: 'OMO-twice' });
    await place({ phonepeOrderId: 'OMO-twice' });
    for (const orderId of ['OMO-unknown', 'OMO-twice']) {
      expect((await deliver(bodyOf(orderId))).statusCode).toBe(404);
      expect(platform.summaries().at(-1)).toMatchObject({ gatewayOrderId: orderId });
    }
    expect(platform.counted('WebhookUnknownOrder')).toBe(2);
  });

  it('the index out of order: 503, so that the gateway delivers again', async () => {
    cloud.cloud.intercept((call) =>
      call.operation === 'Query'
        ? { when: 'before', status: 500, errorType: 'InternalServerError' }
        : undefined,
    );
    expect((await deliver(bodyOf('OMO-any'))).statusCode).toBe(503);
  });
});

describe('row 7, COMPLETED already or the same outcome as recorded: 200 duplicate, no gateway asked', () => {
  it.each([
    ['COMPLETED', 'COMPLETED'],
    ['COMPLETED', 'FAILED'],
    ['FAILED', 'FAILED'],
  ] as const)('row %s, webhook %s', async (status, claimed) => {
    const row = await place({ status });
    const before = gateway.sandbox.calls.status;
    const body = {
      event: `checkout.order.${claimed.toLowerCase()}`,
      payload: { merchantOrderId: row.merchantOrderId, state: claimed, amount: row.amount },
    };
    expect(await deliver(body)).toMatchObject({ statusCode: 200, body: { result: 'duplicate' } });
    expect(gateway.sandbox.calls.status).toBe(before);
    expect(await published()).toEqual([]);
  });
});

it('row 7 also where the gateway only confirms what is recorded: nothing is published again', async () => {
  const row = await place({ status: 'FAILED', failureReason: 'DECLINED' });
  gateway.sandbox.finish(row.merchantOrderId, { outcome: 'FAILED', webhook: 'lose' });
  expect(await deliver(bodyFor(row.merchantOrderId))).toMatchObject({
    statusCode: 200,
    body: { result: 'duplicate' },
  });
  expect(await published()).toEqual([]);
});

describe('row 8, terminal at the gateway: 200 and that outcome is published', () => {
  it.each([
    ['paid', 'COMPLETED', 'PaymentCompleted'],
    ['declined', 'FAILED', 'PaymentFailed'],
    ['cancelled', 'CANCELLED', 'PaymentFailed'],
    ['expired', 'EXPIRED', 'PaymentFailed'],
  ] as const)('%s', async (_what, outcome, detailType) => {
    const row = await place();
    gateway.sandbox.finish(row.merchantOrderId, { outcome, webhook: 'lose' });
    const claimed = outcome === 'COMPLETED' ? 'COMPLETED' : 'FAILED';
    const answer = await deliver({
      event: `checkout.order.${claimed.toLowerCase()}`,
      payload: { merchantOrderId: row.merchantOrderId, state: claimed, amount: row.amount },
    });
    expect(answer).toMatchObject({ statusCode: 200, body: { result: 'published' } });
    expect(await publishedSoon(1)).toEqual([detailType]);
  });

  it('believes the gateway and not the body: a forged success of a declined order is its failure', async () => {
    const row = await place();
    gateway.sandbox.finish(row.merchantOrderId, { outcome: 'FAILED', webhook: 'lose' });
    expect((await deliver(bodyFor(row.merchantOrderId))).statusCode).toBe(200);
    expect(await publishedSoon(1)).toEqual(['PaymentFailed']);
  });

  it('lets money win: a failed order that was paid after all is published', async () => {
    const row = await place({ status: 'FAILED', failureReason: 'EXPIRED' });
    gateway.sandbox.finish(row.merchantOrderId, { outcome: 'COMPLETED', webhook: 'lose' });
    expect(await deliver(bodyFor(row.merchantOrderId))).toMatchObject({
      body: { result: 'published' },
    });
    expect(await publishedSoon(1)).toEqual(['PaymentCompleted']);
  });
});

describe('an order that two attempts have paid', () => {
  const attempts = [{ state: 'COMPLETED' }, { state: 'COMPLETED' }];

  async function payTwice(changes: Parameters<typeof place>[0]) {
    const row = await place(changes);
    gateway.sandbox.finish(row.merchantOrderId, {
      outcome: 'COMPLETED',
      paidTwice: true,
      webhook: 'lose',
    });
    return row;
  }
  const publishedPayment = () =>
    waitFor('a payment on the bus', async () => {
      const [message] = await cloud.receive('reconciliation', 'queue');
      return message && (JSON.parse(message.Body ?? '{}') as { detail: { data: unknown } });
    });

  it('is published with both', async () => {
    const row = await payTwice({});
    expect((await deliver(bodyFor(row.merchantOrderId))).statusCode).toBe(200);
    expect(await publishedPayment()).toMatchObject({ detail: { data: { completedAttempts: 2 } } });
  });

  it('is asked about where the body tells of a second one that our books do not have', async () => {
    const row = await payTwice({ status: 'COMPLETED' });
    const body = bodyFor(row.merchantOrderId, { paymentDetails: attempts });
    expect(await deliver(body)).toMatchObject({ body: { result: 'published' } });
    expect(await publishedPayment()).toMatchObject({ detail: { data: { completedAttempts: 2 } } });
  });

  it('is a duplicate once our books have both', async () => {
    const row = await payTwice({ status: 'COMPLETED', completedAttempts: 2 });
    const body = bodyFor(row.merchantOrderId, { paymentDetails: attempts });
    expect(await deliver(body)).toMatchObject({ body: { result: 'duplicate' } });
  });
});

it('while the gateway says PENDING, what does not fit is only asked about again: 503, and nothing is said', async () => {
  const row = await place({}, 100);
  expect((await deliver(bodyFor(row.merchantOrderId))).statusCode).toBe(503);
  expect(await published()).toEqual([]);
});

it('row 9, the gateway’s own amount differs from our row: 422, said on the bus, nothing granted', async () => {
  const row = await place({}, 100);
  gateway.sandbox.finish(row.merchantOrderId, { outcome: 'COMPLETED', webhook: 'lose' });
  const answer = await deliver(bodyFor(row.merchantOrderId));
  expect(answer).toMatchObject({ statusCode: 422, body: { error: { code: 'PAYMENT_MISMATCH' } } });
  expect(await publishedSoon(1)).toEqual(['GatewayEventReceived']);
});

it('does not care for the amount a body claims', async () => {
  const row = await place();
  gateway.sandbox.finish(row.merchantOrderId, { outcome: 'COMPLETED', webhook: 'lose' });
  const answer = await deliver(bodyFor(row.merchantOrderId, { amount: 1 }));
  expect(answer.statusCode).toBe(200);
});

describe('row 10, no outcome to be had: 503, so that the gateway delivers again', () => {
  const expectTryAgain = async ({ merchantOrderId }: { merchantOrderId: string }) => {
    const answer = await deliver(bodyFor(merchantOrderId));
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBeDefined();
    // Of this order: the last try of the one before may only now have found its way.
    const events = await cloud.receive('reconciliation', 'queue');
    expect(events.filter(({ Body = '' }) => Body.includes(merchantOrderId))).toEqual([]);
  };

  it('still pending there, whatever the body says', async () => {
    const row = await place();
    await expectTryAgain(row);
  });

  it('unknown there', async () => {
    const row = sampleRow();
    await cloud.put('transactions', row);
    await expectTryAgain(row);
  });

  it('the gateway out of order', async () => {
    const row = await place();
    gateway.sandbox.finish(row.merchantOrderId, { outcome: 'COMPLETED', webhook: 'lose' });
    gateway.sandbox.faults.set([{ operation: 'status', kind: 'status', status: 500, count: null }]);
    await expectTryAgain(row);
  });

  it.each([
    ['the table out of order', 'GetItem'],
    ['the bus out of order', 'PutEvents'],
  ])('%s', async (_what, operation) => {
    const row = await place();
    gateway.sandbox.finish(row.merchantOrderId, { outcome: 'COMPLETED', webhook: 'lose' });
    cloud.cloud.intercept((call) =>
      call.operation === operation
        ? { when: 'before', status: 500, errorType: 'InternalServerError' }
        : undefined,
    );
    await expectTryAgain(row);
  });

  it('the bus taking the call and failing its entry', async () => {
    const row = await place();
    gateway.sandbox.finish(row.merchantOrderId, { outcome: 'COMPLETED', webhook: 'lose' });
    cloud.cloud.intercept((call) =>
      call.operation === 'PutEvents' ? { partialFailure: true } : undefined,
    );
    await expectTryAgain(row);
  });
});
