import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { endOrder } from '../orders/end-order.ts';
import type { Order } from '../orders/order.ts';
import { createIds } from '../support/create-ids.ts';
import { buildOrderWebhook } from './build-webhook.ts';

const now = () => new Date('2026-11-23T06:30:00.000Z');
const ids = createIds(now, randomBytes);

const pending: Order = {
  merchantOrderId: 'MO-1',
  orderId: 'OMO1',
  state: 'PENDING',
  amountInPaisa: 29_900,
  createdAt: now().getTime(),
  expireAt: now().getTime() + 1_800_000,
  checkoutUrl: 'http://sandbox.test/checkout/OMO1?token=t',
  checkoutToken: 't',
  redirectUrl: 'http://shop.test/',
  attempts: [],
};

const ended = (outcome: 'COMPLETED' | 'FAILED' | 'CANCELLED' | 'EXPIRED') =>
  endOrder(pending, { outcome, mode: 'UPI', at: now() }, ids).at(-1) ?? pending;

test('the current payload has neither type nor rail, as in the documents', () => {
  const { body } = buildOrderWebhook(ended('COMPLETED'), 'M1', 'current');
  expect(body).toEqual({
    event: 'checkout.order.completed',
    payload: {
      orderId: 'OMO1',
      merchantId: 'M1',
      merchantOrderId: 'MO-1',
      state: 'COMPLETED',
      amount: 29_900,
      expireAt: pending.expireAt,
      paymentDetails: [
        {
          transactionId: expect.stringMatching(/^OM261123120000000\d{7}$/),
          paymentMode: 'UPI_INTENT',
          timestamp: now().getTime(),
          amount: 29_900,
          state: 'COMPLETED',
        },
      ],
    },
  });
});

test('the other payload has the old type too, and rail and instrument at both levels', () => {
  const rail = { type: 'UPI', utr: expect.stringMatching(/^\d{12}$/) };
  const instrument = { type: 'ACCOUNT' };
  const { body } = buildOrderWebhook(ended('COMPLETED'), 'M1', 'legacy-extra');
  expect(body).toMatchObject({
    type: 'CHECKOUT_ORDER_COMPLETED',
    event: 'checkout.order.completed',
    payload: { paymentDetails: [{ rail, instrument, splitInstruments: [{ rail, instrument }] }] },
  });
});

test('a declined payment has its codes at the attempt; only the other payload repeats them at the root', () => {
  const codes = { errorCode: 'INVALID_MPIN', detailedErrorCode: 'ZM' };
  const current = buildOrderWebhook(ended('FAILED'), 'M1', 'current').body;
  const other = buildOrderWebhook(ended('FAILED'), 'M1', 'legacy-extra').body;
  expect(current).toMatchObject({ payload: { state: 'FAILED', paymentDetails: [codes] } });
  expect(current).not.toHaveProperty('payload.errorCode');
  expect(other).toMatchObject({ payload: { ...codes, paymentDetails: [codes] } });
});

test.each([
  ['CANCELLED', 'ORDER_CANCELLED_BY_USER'],
  ['EXPIRED', 'ORDER_EXPIRED'],
] as const)('an order that was %s says %s at the root, having no attempt', (outcome, code) => {
  for (const variant of ['current', 'legacy-extra'] as const)
    expect(buildOrderWebhook(ended(outcome), 'M1', variant).body).toMatchObject({
      event: 'checkout.order.failed',
      payload: { state: 'FAILED', detailedErrorCode: code, paymentDetails: [] },
    });
});
