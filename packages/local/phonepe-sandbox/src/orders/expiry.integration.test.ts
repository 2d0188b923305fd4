import { expect, test, vi } from 'vitest';
import { createSandbox } from '../create-sandbox.ts';
import { credentials, openMerchant, payRequest } from '../testing/open-merchant.ts';
import { read, tokenShape } from '../testing/shapes.ts';

test('an unpaid order fails with ORDER_EXPIRED at expireAt, not before, and is announced once', async () => {
  const start = Date.UTC(2026, 10, 23, 6, 30);
  let now = start;
  const merchant = await openMerchant({ now: () => new Date(now) });
  await merchant.pay({ expireAfter: 300 });

  now = start + 299_999;
  expect(await merchant.status()).toMatchObject({ state: 'PENDING' });
  now = start + 300_000;
  const expired = await merchant.status();
  await merchant.status();

  expect(expired).toMatchObject({
    state: 'FAILED',
    detailedErrorCode: 'ORDER_EXPIRED',
    expireAt: start + 300_000,
    paymentDetails: [],
  });
  expect(await merchant.webhooks()).toMatchObject([
    { event: 'checkout.order.failed', payload: { detailedErrorCode: 'ORDER_EXPIRED' } },
  ]);
});

test('a paid order does not expire', async () => {
  let now = Date.UTC(2026, 10, 23, 6, 30);
  const merchant = await openMerchant({ now: () => new Date(now) });
  await merchant.pay({ expireAfter: 300 });
  merchant.sandbox.finish('MO-1', { outcome: 'COMPLETED' });
  now += 301_000;
  expect(await merchant.status()).toMatchObject({ state: 'COMPLETED' });
});

test('letting an order expire early brings its expireAt forward', async () => {
  const merchant = await openMerchant();
  await merchant.pay();
  const at = new Date();
  merchant.sandbox.finish('MO-1', { outcome: 'EXPIRED', at });
  expect(await merchant.status()).toMatchObject({ state: 'FAILED', expireAt: at.getTime() });
});

test('an order expires by itself, without anybody asking, unless the sandbox was stopped', async () => {
  vi.useFakeTimers({ now: new Date('2026-11-23T06:30:00.000Z') });
  try {
    const running = await placeOrder();
    const stopped = await placeOrder();
    stopped.sandbox.stop();
    vi.advanceTimersByTime(301_000);
    expect(running.lines).toContain('order MO-1: FAILED');
    expect(stopped.lines).not.toContain('order MO-1: FAILED');
  } finally {
    vi.useRealTimers();
  }
});

async function placeOrder() {
  const lines: string[] = [];
  const sandbox = createSandbox({
    credentials,
    publicUrl: () => 'http://sandbox.test',
    webhook: { url: () => undefined, auth: { kind: 'sha256', username: 'user', password: 'pass' } },
    log: (line) => lines.push(line),
  });
  const api = '/phonepe/apis/pg-sandbox';
  const login = await sandbox.app.request(`${api}/v1/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      client_id: credentials.clientId,
      client_secret: credentials.clientSecret,
      client_version: credentials.clientVersion,
      grant_type: 'client_credentials',
    }),
  });
  const { access_token: token } = await read(login, tokenShape);
  const answer = await sandbox.app.request(`${api}/checkout/v2/pay`, {
    method: 'POST',
    headers: { authorization: `O-Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(payRequest({ expireAfter: 300 })),
  });
  expect(answer.status).toBe(200);
  return { sandbox, lines };
}
