import { describe, expect, test } from 'vitest';
import { openMerchant } from '../../testing/open-merchant.ts';
import { webhookShape } from '../../testing/shapes.ts';
import { buildSampleWebhook } from './build-sample-webhook.ts';
import { familyOf, sampleEvents } from './sample-events.ts';
import type { SampleRequest } from './sample-request.ts';

const now = () => new Date('2026-11-23T06:30:00.000Z');

const build = (changes: Partial<SampleRequest> & Pick<SampleRequest, 'event'>) =>
  webhookShape.parse(
    buildSampleWebhook(
      {
        variant: 'current',
        merchantId: 'MERCHANTUAT',
        merchantOrderId: 'MO-1',
        amountInPaisa: 29_900,
        ...changes,
      },
      { now },
    ),
  );

describe('a sample has the very keys of what the sandbox sends itself', () => {
  test.each([
    ['checkout.order.completed', { outcome: 'COMPLETED' }, 0],
    ['checkout.order.failed', { outcome: 'FAILED' }, 0],
    ['checkout.transaction.attempt.failed', { outcome: 'COMPLETED', secondAttempt: true }, 0],
  ] as const)('%s', async (event, how, at) => {
    for (const variant of ['current', 'legacy-extra'] as const) {
      const merchant = await openMerchant({ webhook: { variant } });
      await merchant.pay();
      merchant.sandbox.finish('MO-1', how);
      const sent = (await merchant.webhooks())[at];
      expect(keysOf(build({ event, variant }))).toEqual(keysOf(sent));
      expect(build({ event, variant }).event).toBe(sent?.event);
    }
  });

  test.each([
    ['pg.refund.completed', 'COMPLETED'],
    ['pg.refund.failed', 'FAILED'],
  ] as const)('%s', async (event, outcome) => {
    const merchant = await openMerchant({ refundDelayMs: null });
    await merchant.pay();
    merchant.sandbox.finish('MO-1', { outcome: 'COMPLETED' });
    const refund = { merchantRefundId: 'R-1', originalMerchantOrderId: 'MO-1', amount: 100 };
    await merchant.call('/payments/v2/refund', refund);
    merchant.sandbox.finishRefund('R-1', { outcome });
    const sent = (await merchant.webhooks()).at(-1);
    expect(keysOf(build({ event, merchantRefundId: 'R-1' }))).toEqual(keysOf(sent));
  });
});

test.each(sampleEvents)(
  '%s has its own name, and its old type only in the old variant',
  (event) => {
    expect(build({ event })).toEqual({ event, payload: expect.any(Object) });
    expect(build({ event, variant: 'legacy-extra' })).toMatchObject({
      event,
      type: event.toUpperCase().replaceAll('.', '_'),
    });
  },
);

test.each([
  ['checkout.order.completed', 'COMPLETED'],
  ['pg.order.failed', 'FAILED'],
  ['pg.transaction.attempt.failed', 'PENDING'],
  ['pg.refund.accepted', 'CONFIRMED'],
  ['payment.dispute.under_review', 'UNDER_REVIEW'],
  ['settlement.attempt.failed', 'ATTEMPT_FAILED'],
  ['subscription.notification.completed', 'NOTIFIED'],
  ['subscription.redemption.transaction.failed', 'FAILED'],
  ['subscription.unpaused', 'ACTIVE'],
] as const)('%s says %s', (event, state) => {
  expect(build({ event }).payload.state).toBe(state);
});

test('a sample names the order, the refund and the amount it was asked for', () => {
  expect(build({ event: 'checkout.order.completed', orderId: 'OMO7' }).payload).toMatchObject({
    merchantId: 'MERCHANTUAT',
    merchantOrderId: 'MO-1',
    orderId: 'OMO7',
    amount: 29_900,
  });
  const refund = {
    event: 'pg.refund.completed',
    merchantRefundId: 'R-7',
    amountInPaisa: 1,
  } as const;
  expect(build(refund).payload).toMatchObject({
    merchantRefundId: 'R-7',
    originalMerchantOrderId: 'MO-1',
    amount: 1,
  });
});

test('a mandate that is set up through the checkout is told apart by its payment flow alone', () => {
  const event = 'checkout.order.completed';
  expect(build({ event }).payload).not.toHaveProperty('paymentFlow');
  expect(build({ event, setsUpMandate: true }).payload).toMatchObject({
    state: 'COMPLETED',
    paymentFlow: { type: 'SUBSCRIPTION_CHECKOUT_SETUP' },
  });
});

test('every event belongs to one family', () => {
  expect(new Set(sampleEvents).size).toBe(sampleEvents.length);
  expect(familyOf('subscription.paused')).toBe('mandate');
  expect(familyOf('subscription.notification.failed')).toBe('mandateOrder');
});

/** Every path to a value, without the values. */
function keysOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => keysOf(each, `${path}[]`));
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value)
    .flatMap(([key, inner]) => keysOf(inner, `${path}.${key}`))
    .toSorted();
}
