import { errorBodySchema } from '@cloudnestle/contracts/http/error';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { browserHeaders, type Returns, startReturns } from './testing/start-returns.ts';

let returns: Returns;
beforeAll(async () => {
  returns = await startReturns();
});
beforeEach(() => returns.reset());
afterAll(() => returns.stop());

const MARKETPLACE = 'https://marketplace.example/payment/callback';
const form = { 'content-type': 'application/x-www-form-urlencoded' };

test('a browser is sent to the page of the order’s frontend, by its id alone', async () => {
  const row = await returns.place({ source: 'search-app' }, { outcome: 'COMPLETED' });
  const { platform, visit } = returns.open();
  const { transactionId } = row;
  const { statusCode, headers, body } = await visit({ transactionId, status: 'failed' });
  expect(statusCode).toBe(303);
  expect(headers).toMatchObject({
    location: `https://search.example/paid?transactionId=${transactionId}`,
    'cache-control': 'no-store',
  });
  expect(body).toEqual({ requestId: expect.any(String) });
  expect(await returns.findEvent(row)).toMatchObject({ 'detail-type': 'PaymentCompleted' });
  expect(platform.summaries()).toEqual([
    expect.objectContaining({
      unit: 'callback',
      outcome: 'redirected: COMPLETED',
      statusCode: 303,
      gatewayState: 'COMPLETED',
      transactionId,
      merchantOrderId: row.merchantOrderId,
    }),
  ]);
});

test.each([
  ['of a frontend that is gone', { source: 'closed-shop' }],
  ['that notes no frontend', {}],
])('an order %s leads to the first frontend', async (_name, changes) => {
  const row = await returns.place(changes);
  const { headers } = await returns.open().visit({ transactionId: row.transactionId });
  expect(headers.location).toBe(`${MARKETPLACE}?transactionId=${row.transactionId}`);
});

test.each(['COMPLETED', 'FAILED', 'CANCELLED', undefined] as const)(
  'the address is the same whatever became of the order: %s',
  async (outcome) => {
    const row = await returns.place({}, outcome ? { outcome } : {});
    const { headers } = await returns.open().visit({ transactionId: row.transactionId });
    expect(headers.location).toBe(`${MARKETPLACE}?transactionId=${row.transactionId}`);
  },
);

test('a form of the gateway’s own is sent on by the order that the address names', async () => {
  const row = await returns.place({}, { outcome: 'COMPLETED' });
  const answer = await returns.open().call({
    headers: form,
    query: { transactionId: row.transactionId },
    body: 'code=PAYMENT_ERROR&transactionId=T2311231010&amount=1',
  });
  expect(answer.statusCode).toBe(303);
  expect(answer.headers.location).toBe(`${MARKETPLACE}?transactionId=${row.transactionId}`);
  expect(await returns.findEvent(row)).toMatchObject({ 'detail-type': 'PaymentCompleted' });
});

test.each([
  ['as text', (text: string) => text],
  ['as bytes', (text: string) => new TextEncoder().encode(text)],
])('a form that names the order itself is read, come %s', async (_name, encode) => {
  const row = await returns.place();
  const body = encode(`merchantOrderId=${row.merchantOrderId}&code=PAYMENT_SUCCESS`);
  const answer = await returns.open().call({ headers: form, body });
  expect(answer.statusCode).toBe(303);
  expect(answer.headers.location).toBe(`${MARKETPLACE}?transactionId=${row.transactionId}`);
});

test('a program gets JSON by GET and by POST, with its id in query or body', async () => {
  const { transactionId, merchantOrderId } = await returns.place();
  const { call } = returns.open();
  const answers = await Promise.all([
    call({ method: 'GET', headers: { accept: 'application/json' }, query: { transactionId } }),
    call({ method: 'GET', headers: { 'content-type': '' }, query: { merchantOrderId } }),
    call({ query: { transactionId } }),
    call({ body: { transactionId } }),
    call({ body: { merchantOrderId } }),
  ]);
  for (const { statusCode, headers, body } of answers) {
    expect({ statusCode, status: body.status }).toEqual({ statusCode: 200, status: 'PENDING' });
    expect(headers).not.toHaveProperty('location');
  }
});

describe.each([
  ['a browser', { method: 'GET', headers: browserHeaders }],
  ['a posted form', { headers: form }],
  ['a program', {}],
])('%s', (_name, request) => {
  test('with an unknown order gets 404 ORDER_NOT_FOUND, and no gateway is asked', async () => {
    const before = returns.gateway.sandbox.calls.status;
    const transactionId = 'txn_MP-unknown-1732356000-abcdef';
    const { statusCode, body } = await returns
      .open()
      .call({ ...request, query: { transactionId } });
    expect(statusCode).toBe(404);
    expect(errorBodySchema.parse(body).error.code).toBe('ORDER_NOT_FOUND');
    expect(returns.gateway.sandbox.calls.status).toBe(before);
    expect(await returns.cloud.get('transactions', { transactionId })).toBeUndefined();
  });

  test.each<[string, Record<string, string>]>([
    ['transactionId', {}],
    ['transactionId', { transactionId: 'txn_<script>' }],
    ['transactionId', { transactionId: 'txn_MP-1,txn_MP-1' }],
    ['merchantOrderId', { merchantOrderId: '../x' }],
  ])(
    'without a proper %s gets 400 that names it, and nothing is read: %j',
    async (field, query) => {
      const { statusCode, headers, body } = await returns.open().call({ ...request, query });
      expect(statusCode).toBe(400);
      expect(errorBodySchema.parse(body).error).toMatchObject({
        code: 'INVALID_REQUEST',
        fields: [{ field }],
      });
      expect(headers).not.toHaveProperty('location');
      expect(returns.cloud.cloud.calls.list()).toEqual([]);
    },
  );
});

test('a body over the limit is 413', async () => {
  const answer = await returns.open().call({ body: 'x'.repeat(101 * 1024) });
  expect(answer.statusCode).toBe(413);
});

test('nothing in answer, address or log says who the buyer is or how they paid', async () => {
  const row = await returns.place(
    { vpa: 'buyer@paytm', utr: '123456789012', upi_transaction_id: 'UPI-4711' },
    { outcome: 'COMPLETED' },
  );
  const { platform, announce, visit } = returns.open();
  const answers = [await announce(row), await visit({ transactionId: row.transactionId })];
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 303]);
  expect(platform.summaries()).toHaveLength(2);
  const paid = (await returns.findEvent(row)).detail.data;
  expect(paid).toMatchObject({ userEmail: row.userEmail, instrument: { utr: expect.any(String) } });
  const said = JSON.stringify([answers, platform.lines]);
  expect(said).not.toMatch(/\w@\w|123456789012|UPI-4711/);
  for (const personal of personalTextIn(paid)) expect(said).not.toContain(personal);
});

/** What the event knows of the buyer's payment, and no caller may. */
function personalTextIn({ instrument }: Record<string, unknown>): string[] {
  return Object.entries(instrument ?? {})
    .filter(([name]) => ['utr', 'vpa', 'upiTransactionId'].includes(name))
    .map(([, value]) => String(value));
}
