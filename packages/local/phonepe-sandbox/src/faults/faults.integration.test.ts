import { expect, test } from 'vitest';
import { openMerchant } from '../testing/open-merchant.ts';
import { type Fault, operations } from './fault.ts';

const fault = (changes: Partial<Fault>): Fault => ({ operation: '*', kind: 'status', ...changes });

const paths = {
  token: '/v1/oauth/token',
  pay: '/checkout/v2/pay',
  status: '/checkout/v2/order/MO-1/status',
  refund: '/payments/v2/refund',
  refundStatus: '/payments/v2/refund/R-1/status',
};

test.each(operations)(
  'a fault planned for %s meets only that operation, once',
  async (operation) => {
    const merchant = await openMerchant();
    const post = (path: string) => merchant.call(path, path.endsWith('/status') ? undefined : {});
    merchant.sandbox.faults.set([fault({ operation, status: 503 })]);

    const others = operations.filter((other) => other !== operation);
    for (const other of others) expect((await post(paths[other])).status).toBeLessThan(500);
    expect((await post(paths[operation])).status).toBe(503);
    expect((await post(paths[operation])).status).toBeLessThan(500);
  },
);

test('a fault after the effect stores the order and hides it behind an error', async () => {
  const merchant = await openMerchant();
  merchant.sandbox.faults.set([fault({ operation: 'pay', afterEffect: true })]);
  expect((await merchant.pay()).status).toBe(500);
  expect(await merchant.status()).toMatchObject({ state: 'PENDING' });
});

test('a fault before the effect stores nothing', async () => {
  const merchant = await openMerchant();
  merchant.sandbox.faults.set([fault({ operation: 'pay', kind: 'reset' })]);
  await expect(merchant.pay()).rejects.toThrow('fetch failed');
  expect(merchant.sandbox.orders.list()).toEqual([]);
});

test('a cut connection after the effect leaves the order behind', async () => {
  const merchant = await openMerchant();
  merchant.sandbox.faults.set([fault({ kind: 'reset', afterEffect: true })]);
  await expect(merchant.pay()).rejects.toThrow('fetch failed');
  expect(merchant.sandbox.orders.get('MO-1')?.state).toBe('PENDING');
});

test('a hanging call ends with the caller or with the sandbox, and never answers', async () => {
  const merchant = await openMerchant();
  merchant.sandbox.faults.set([fault({ kind: 'hang', count: null })]);
  const authorization = `O-Bearer ${merchant.token}`;
  const path = `${merchant.url}/phonepe/apis/pg-sandbox/checkout/v2/order/MO-1/status`;

  const caller = new AbortController();
  const impatient = fetch(path, { headers: { authorization }, signal: caller.signal });
  await expect.poll(() => merchant.sandbox.calls.status).toBe(1);
  caller.abort();
  await expect(impatient).rejects.toThrow('aborted');

  const patient = merchant.call('/checkout/v2/order/MO-1/status');
  await expect.poll(() => merchant.sandbox.calls.status).toBe(2);
  merchant.sandbox.stop();
  await expect(patient).rejects.toThrow('fetch failed');
});

test('a late answer is the right one', async () => {
  const merchant = await openMerchant();
  merchant.sandbox.faults.set([fault({ kind: 'latency', latencyMs: 60 })]);
  const before = performance.now();
  expect((await merchant.pay()).status).toBe(200);
  expect(performance.now() - before).toBeGreaterThan(50);
});

test('a malformed answer is half a JSON document', async () => {
  const merchant = await openMerchant();
  merchant.sandbox.faults.set([fault({ kind: 'malformed' })]);
  const answer = await merchant.pay();
  expect(answer.status).toBe(200);
  await expect(answer.json()).rejects.toThrow(SyntaxError);
});

test('faults are planned and cleared over HTTP, and last as long as they were asked to', async () => {
  const merchant = await openMerchant();
  const planned = await merchant.control('/faults', {
    operation: 'pay',
    kind: 'status',
    status: 429,
    count: null,
  });
  expect(await planned.json()).toMatchObject({
    faults: [{ operation: 'pay', status: 429, count: null }],
  });
  const statuses = [(await merchant.pay()).status, (await merchant.pay()).status];

  await fetch(`${merchant.url}/phonepe/control/faults`, { method: 'DELETE' });
  statuses.push((await merchant.pay()).status);

  expect(statuses).toEqual([429, 429, 200]);
});

test.each([
  [{ operation: 'login', kind: 'hang' }, 'operation'],
  [{ operation: 'pay', kind: 'fire' }, 'kind'],
  [{ operation: 'pay', kind: 'latency' }, 'latencyMs'],
  [{ operation: 'pay', kind: 'status', status: 200 }, 'status'],
])('a fault like %j is refused with the name of the field %s', async (body, field) => {
  const merchant = await openMerchant();
  const answer = await merchant.control('/faults', body);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ error: { field } });
});

test('every call is counted, the failing ones too', async () => {
  const merchant = await openMerchant();
  merchant.sandbox.faults.set([fault({ operation: 'pay' })]);
  await merchant.pay();
  await merchant.pay();
  await merchant.status();
  expect(merchant.sandbox.calls).toEqual({
    token: 1,
    pay: 2,
    status: 1,
    refund: 0,
    refundStatus: 0,
  });
});
