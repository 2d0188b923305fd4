import { expect, test } from 'vitest';
import { openMerchant } from '../testing/open-merchant.ts';

test.each([
  [{ outcome: 'PAID' }, 'outcome'],
  [{}, 'outcome'],
  [{ outcome: 'COMPLETED', mode: 'CASH' }, 'mode'],
  [{ outcome: 'COMPLETED', webhook: 'maybe' }, 'webhook'],
  [{ outcome: 'COMPLETED', webook: 'lose' }, 'webook'],
  [{ outcome: 'COMPLETED', at: 'yesterday' }, 'at'],
])('%j is refused with the name of the field %s', async (body, field) => {
  const merchant = await openMerchant();
  await merchant.pay();

  const answer = await merchant.control('/orders/MO-1', body);

  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({
    success: false,
    error: { code: 'INVALID_REQUEST', field },
  });
  expect(merchant.sandbox.orders.get('MO-1')?.state).toBe('PENDING');
});

test('a body that is not JSON is refused', async () => {
  const merchant = await openMerchant();
  await merchant.pay();
  const answer = await fetch(`${merchant.url}/phonepe/control/orders/MO-1`, {
    method: 'POST',
    body: '{',
  });
  expect(answer.status).toBe(400);
});

test('an unknown order or control call is a 404', async () => {
  const merchant = await openMerchant();
  expect((await merchant.control('/orders/MO-9', { outcome: 'COMPLETED' })).status).toBe(404);
  expect((await merchant.control('/refunds/R-9', { outcome: 'COMPLETED' })).status).toBe(404);
  expect((await merchant.control('/nothing')).status).toBe(404);
});

test('looking at orders, refunds and deliveries shows no secret and nothing of the buyer', async () => {
  const merchant = await openMerchant({ webhook: { variant: 'legacy-extra' } });
  await merchant.pay();
  await merchant.control('/orders/MO-1', { outcome: 'COMPLETED' });
  await merchant.webhooks();

  const shown = await Promise.all(
    ['/orders', '/refunds', '/deliveries', '/faults'].map(async (path) =>
      (await merchant.control(path)).text(),
    ),
  );

  const order = merchant.sandbox.orders.get('MO-1');
  const { utr = '', vpa = '' } = order?.attempts[0]?.references?.rail ?? {};
  expect(utr).toMatch(/^\d{12}$/);
  const kept = [utr, vpa, order?.checkoutToken ?? '?', merchant.token, 'secret-before', 'pass'];
  for (const secret of kept) expect(shown.join()).not.toContain(secret);
  expect(JSON.parse(shown[0] ?? '')).toMatchObject({
    orders: [{ merchantOrderId: 'MO-1', state: 'COMPLETED' }],
  });
  expect(JSON.parse(shown[2] ?? '')).toMatchObject({
    deliveries: [{ about: 'MO-1', status: 200, try: 1 }],
  });
});

test('no log line holds a secret, a token or anything of the buyer', async () => {
  const lines: string[] = [];
  const merchant = await openMerchant({ log: (line) => lines.push(line) });
  await merchant.pay();
  merchant.sandbox.finish('MO-1', { outcome: 'COMPLETED' });
  await merchant.webhooks();

  const order = merchant.sandbox.orders.get('MO-1');
  const { utr = '', vpa = '' } = order?.attempts[0]?.references?.rail ?? {};
  for (const secret of [utr, vpa, order?.checkoutToken ?? '?', merchant.token, 'secret-before'])
    expect(lines.join('\n')).not.toContain(secret);
  expect(lines).toContain('order MO-1: COMPLETED');
});
