import { expect, test } from 'vitest';
import { openMerchant } from '../testing/open-merchant.ts';
import { openPaidMerchant } from '../testing/open-paid-merchant.ts';

test('a refund is PENDING, then COMPLETED by itself, and is announced', async () => {
  let now = Date.UTC(2026, 10, 23, 6, 30);
  const merchant = await openPaidMerchant({ now: () => new Date(now), refundDelayMs: 1_000 });

  const answer = await merchant.refund('R-1', 29_900);
  expect(await answer.json()).toEqual({
    refundId: expect.stringMatching(/^OMR\d{22}$/),
    amount: 29_900,
    state: 'PENDING',
  });
  now += 999;
  expect(await merchant.refundStatus('R-1')).toMatchObject({ state: 'PENDING' });
  now += 1;
  const upi = { type: 'UPI', utr: expect.stringMatching(/^6\d{11}$/) };
  expect(await merchant.refundStatus('R-1')).toMatchObject({
    state: 'COMPLETED',
    originalMerchantOrderId: 'MO-1',
    amount: 29_900,
    timestamp: now,
    splitInstruments: [{ rail: upi, amount: 29_900 }],
  });
  expect((await merchant.webhooks()).at(-1)).toMatchObject({
    event: 'pg.refund.completed',
    payload: { merchantRefundId: 'R-1', originalMerchantOrderId: 'MO-1', state: 'COMPLETED' },
  });
});

test('a refund completes without being asked about', async () => {
  const merchant = await openPaidMerchant({ refundDelayMs: 5 });
  await merchant.refund('R-1', 100);
  await expect.poll(() => merchant.hook.received.length).toBe(2);
});

test('a refund that failed is announced and leaves the money to be refunded again', async () => {
  const merchant = await openPaidMerchant({ refundDelayMs: null });
  await merchant.refund('R-1', 29_900);

  const answer = await merchant.control('/refunds/R-1', { outcome: 'FAILED' });
  const again = await merchant.control('/refunds/R-1', { outcome: 'COMPLETED' });

  expect([answer.status, again.status]).toEqual([200, 409]);
  expect((await merchant.webhooks()).at(-1)).toMatchObject({
    event: 'pg.refund.failed',
    payload: { state: 'FAILED', detailedErrorCode: 'BF_034' },
  });
  expect((await merchant.refund('R-2', 29_900)).status).toBe(200);
});

test('parts can be refunded one after the other, up to what was paid', async () => {
  const merchant = await openPaidMerchant({ refundDelayMs: null });
  const statuses: number[] = [];
  for (const [id, amount] of [
    ['R-1', 20_000],
    ['R-2', 9_901],
    ['R-3', 9_900],
  ] as const) {
    statuses.push((await merchant.refund(id, amount)).status);
    merchant.sandbox.finishRefund(id, { outcome: 'COMPLETED' });
  }
  expect(statuses).toEqual([200, 400, 200]);
});

test.each([
  ['more than was paid', 'R-1', 29_901],
  ['less than 100 paisa', 'R-1', 99],
  ['a malformed id', 'R/1', 100],
])('%s is not refunded', async (_title, id, amount) => {
  const merchant = await openPaidMerchant();
  expect((await merchant.refund(id, amount)).status).toBe(400);
});

test('no second refund while one is pending, and no id twice', async () => {
  const merchant = await openPaidMerchant({ refundDelayMs: null });
  await merchant.refund('R-1', 100);
  expect((await merchant.refund('R-2', 100)).status).toBe(400);
  merchant.sandbox.finishRefund('R-1', { outcome: 'COMPLETED' });
  expect((await merchant.refund('R-1', 100)).status).toBe(400);
});

test('an order that was not paid, or is unknown, is not refunded; an unknown refund has no status', async () => {
  const merchant = await openMerchant();
  await merchant.pay();
  const refund = (originalMerchantOrderId: string) =>
    merchant.call('/payments/v2/refund', {
      merchantRefundId: 'R-1',
      originalMerchantOrderId,
      amount: 100,
    });
  expect([(await refund('MO-1')).status, (await refund('MO-9')).status]).toEqual([400, 400]);
  expect((await merchant.call('/payments/v2/refund/R-9/status')).status).toBe(400);
});
