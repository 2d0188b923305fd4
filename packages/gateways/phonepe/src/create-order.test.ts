import { afterEach, describe, expect, it } from 'vitest';
import { parseFixture, readFixture } from './testing/fixtures.ts';
import { createTestGateway, servePhonePe, tokenReply } from './testing/phonepe-server.ts';
import { breakOff, hang, type Reply, reset } from './testing/serve.ts';

const ORDER = {
  merchantOrderId: 'MP-test-uuid-123-1732356000-abc123',
  amountInPaisa: 29900,
  expiresInSeconds: 1800,
  returnUrl: 'https://shop.example/payment/callback?transactionId=txn_1',
};
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

async function create(reply: Reply, { timeoutMs = 60_000, order = {} } = {}) {
  const phonePe = await servePhonePe(() => reply);
  closers.push(phonePe.close);
  const { gateway } = createTestGateway(phonePe.url);
  const answer = await gateway.createOrder({ ...ORDER, ...order }, { timeoutMs });
  return { answer, calls: phonePe.apiCalls() };
}

describe('an order', () => {
  it('is sent as Standard Checkout V2 wants it, and comes back with its page', async () => {
    const { answer, calls } = await create({ body: parseFixture('pay-response') });
    expect(answer).toEqual({
      kind: 'created',
      gatewayOrderId: 'OMO123456789',
      redirectUrl: parseFixture('pay-response').redirectUrl,
      expiresAt: '2023-12-28T09:37:39.307Z',
    });
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({ method: 'POST', path: '/pg/checkout/v2/pay' });
    expect(calls[0]?.headers).toMatchObject({
      authorization: 'O-Bearer token-1',
      'content-type': 'application/json',
    });
    expect(JSON.parse(calls[0]?.body ?? '')).toEqual({
      merchantOrderId: ORDER.merchantOrderId,
      amount: 29900,
      expireAfter: 1800,
      paymentFlow: { type: 'PG_CHECKOUT', merchantUrls: { redirectUrl: ORDER.returnUrl } },
    });
  });

  it('keeps every digit of an order id that comes back as a number', async () => {
    const body = '{"orderId":20250729123456789012,"redirectUrl":"https://phonepe.example/pay"}';
    const { answer } = await create({ body });
    expect(answer).toMatchObject({ kind: 'created', gatewayOrderId: '20250729123456789012' });
  });

  it('shows the buyer a message where there is one', async () => {
    const { calls } = await create({}, { order: { message: 'Pro, ₹299' } });
    expect(JSON.parse(calls[0]?.body ?? '')).toMatchObject({
      paymentFlow: { message: 'Pro, ₹299' },
    });
  });
});

const created = { orderId: 'OMO1', redirectUrl: 'https://pay.example/1' };
const table: [string, Reply, Record<string, unknown>][] = [
  ['a bare success', { body: created }, { kind: 'created', gatewayOrderId: 'OMO1' }],
  ['expireAt unreadable', { body: { ...created, expireAt: 'soon' } }, { kind: 'created' }],
  ['success without a page', { body: { orderId: 'OMO1' } }, { kind: 'unknown' }],
  [
    'success with a page no browser should open',
    { body: { ...created, redirectUrl: 'javascript:alert(1)' } },
    { kind: 'unknown' },
  ],
  ['success without JSON', { body: '<html>' }, { kind: 'unknown', reason: 'unreadable answer' }],
  ['redirected', { status: 302 }, { kind: 'unknown' }],
  [
    'refused, or a repeated id',
    { status: 400, body: readFixture('error-400-duplicate-order').toString() },
    { kind: 'refused', code: 'BAD_REQUEST', httpStatus: 400 },
  ],
  [
    'refused in a bare word',
    { status: 400, body: 'R999' },
    { kind: 'refused', code: 'R999', httpStatus: 400 },
  ],
  [
    'refused in HTML',
    { status: 403, body: '<html>a@b</html>' },
    { kind: 'refused', code: 'HTTP_403' },
  ],
  [
    'errorCode for code',
    { status: 417, body: { errorCode: 'X1' } },
    { kind: 'refused', code: 'X1' },
  ],
  [
    'a code with an address in it',
    { status: 400, body: { code: 'no such user a@b.example' } },
    { kind: 'refused', code: 'HTTP_400' },
  ],
  ['not there', { status: 404, body: { code: 'API Mapping Not Found' } }, { kind: 'refused' }],
  ['conflict', { status: 409 }, { kind: 'refused', httpStatus: 409 }],
  ['gone', { status: 410 }, { kind: 'refused', httpStatus: 410 }],
  ['token refused twice', { status: 401 }, { kind: 'refused', httpStatus: 401 }],
  ['too many requests', { status: 429 }, { kind: 'unreachable', reason: '429 HTTP_429' }],
  ['request timeout', { status: 408 }, { kind: 'unknown' }],
  ['error there', { status: 500, body: { code: 'INTERNAL_SERVER_ERROR' } }, { kind: 'unknown' }],
  ['overloaded', { status: 503 }, { kind: 'unknown', reason: '503 HTTP_503' }],
  ['cut before the answer', reset, { kind: 'unknown', reason: 'ECONNRESET' }],
  ['cut within the answer', breakOff, { kind: 'unknown' }],
];

describe('what became of an order', () => {
  it.each(table)('%s', async (_title, reply, expected) => {
    const { answer } = await create(reply);
    expect(answer).toMatchObject(expected);
  });

  it('no answer in time: unknown', async () => {
    const { answer } = await create(hang, { timeoutMs: 300 });
    expect(answer).toEqual({ kind: 'unknown', reason: 'timed out' });
  });

  it.each([['no server listens', 'ECONNREFUSED']])('%s: unreachable', async (_title, reason) => {
    const phonePe = await servePhonePe(() => ({ body: created }));
    const { gateway } = createTestGateway(phonePe.url);
    await gateway.orderStatus('MO-1', { timeoutMs: 60_000 });
    await phonePe.close();
    expect(await gateway.createOrder(ORDER, { timeoutMs: 60_000 })).toEqual({
      kind: 'unreachable',
      reason,
    });
  });

  it('no token: unreachable, and nothing was ordered', async () => {
    const phonePe = await servePhonePe(
      () => ({ body: created }),
      () => ({ status: 400, body: { code: 'INVALID_CLIENT' } }),
    );
    closers.push(phonePe.close);
    const { gateway } = createTestGateway(phonePe.url);
    const answer = await gateway.createOrder(ORDER, { timeoutMs: 60_000 });
    expect(answer).toEqual({ kind: 'unreachable', reason: 'no token: 400 INVALID_CLIENT' });
    expect(phonePe.apiCalls()).toHaveLength(0);
  });
});

describe('an order is sent once', () => {
  it.each([
    ['5xx', { status: 500 }],
    ['429', { status: 429 }],
    ['a cut connection', reset],
  ])('also after %s', async (_title, reply: Reply) => {
    const { calls } = await create(reply);
    expect(calls).toHaveLength(1);
  });

  it('except after a 401, which was not executed', async () => {
    const phonePe = await servePhonePe(
      ({ headers }) =>
        headers.authorization === 'O-Bearer token-1' ? { status: 401 } : { body: created },
      (_request, count) => tokenReply(count),
    );
    closers.push(phonePe.close);
    const { gateway } = createTestGateway(phonePe.url);
    const answer = await gateway.createOrder(ORDER, { timeoutMs: 60_000 });
    expect(answer).toMatchObject({ kind: 'created' });
    expect(phonePe.apiCalls().map(({ body }) => body)).toEqual(
      Array(2).fill(phonePe.apiCalls()[0]?.body),
    );
  });

  it('on a connection of its own, never one that may have died unseen', async () => {
    const phonePe = await servePhonePe(() => ({ body: created }));
    closers.push(phonePe.close);
    const { gateway } = createTestGateway(phonePe.url);
    await gateway.orderStatus('MO-1', { timeoutMs: 60_000 });
    expect(phonePe.server.connections).toBe(1);
    await gateway.createOrder(ORDER, { timeoutMs: 60_000 });
    expect(phonePe.server.connections).toBe(2);
  });
});
