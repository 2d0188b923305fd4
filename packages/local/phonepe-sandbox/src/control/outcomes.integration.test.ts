import { describe, expect, test } from 'vitest';
import { openMerchant } from '../testing/open-merchant.ts';

const outcomes = ['COMPLETED', 'FAILED', 'CANCELLED', 'EXPIRED'] as const;
const modes = ['UPI', 'CARD', 'NET_BANKING'] as const;
const deliveries = [
  { webhook: 'send', copies: 1 },
  { webhook: 'lose', copies: 0 },
  { webhook: 'duplicate', copies: 2 },
] as const;

const everyEnding = outcomes.flatMap((outcome) =>
  modes.flatMap((mode) => deliveries.map((delivery) => ({ outcome, mode, ...delivery }))),
);

describe('what the buyer can do, done by one control call', () => {
  test.each(everyEnding)('$outcome by $mode, webhook: $webhook', async (ending) => {
    const { outcome, mode, webhook, copies } = ending;
    const merchant = await openMerchant();
    await merchant.pay();

    const answer = await merchant.control('/orders/MO-1', { outcome, mode, webhook });

    expect(answer.status).toBe(200);
    const state = outcome === 'COMPLETED' ? 'COMPLETED' : 'FAILED';
    expect(await merchant.status()).toMatchObject({ state, ...expectedStatus(outcome, mode) });
    const event = outcome === 'COMPLETED' ? 'checkout.order.completed' : 'checkout.order.failed';
    const webhooks = await merchant.webhooks();
    expect(webhooks).toHaveLength(copies);
    for (const body of webhooks)
      expect(body).toMatchObject({
        event,
        payload: { state, merchantId: 'MERCHANTUAT', merchantOrderId: 'MO-1', amount: 29_900 },
      });
  });
});

test('an order that failed or expired can still turn out to be paid, and nothing else', async () => {
  const merchant = await openMerchant();
  await merchant.pay();
  await merchant.control('/orders/MO-1', { outcome: 'EXPIRED' });
  await merchant.webhooks();

  const again = await merchant.control('/orders/MO-1', { outcome: 'CANCELLED' });
  const late = await merchant.control('/orders/MO-1', { outcome: 'COMPLETED' });
  const tooLate = await merchant.control('/orders/MO-1', { outcome: 'COMPLETED' });

  expect([again.status, late.status, tooLate.status]).toEqual([409, 200, 409]);
  const status = await merchant.status();
  expect(status).toMatchObject({ state: 'COMPLETED', paymentDetails: [{ state: 'COMPLETED' }] });
  expect(status).not.toHaveProperty('detailedErrorCode');
  expect((await merchant.webhooks()).map(({ event }) => event)).toEqual([
    'checkout.order.failed',
    'checkout.order.completed',
  ]);
});

test('a failed first attempt is announced as PENDING and listed before the one that succeeded', async () => {
  const merchant = await openMerchant();
  await merchant.pay();

  await merchant.control('/orders/MO-1', { outcome: 'COMPLETED', secondAttempt: true });

  const announced = (await merchant.webhooks()).map(({ event, payload }) => [event, payload.state]);
  expect(announced).toEqual([
    ['checkout.transaction.attempt.failed', 'PENDING'],
    ['checkout.order.completed', 'COMPLETED'],
  ]);
  const states = (status: { paymentDetails: { state: string }[] }) =>
    status.paymentDetails.map(({ state }) => state);
  expect(states(await merchant.status('MO-1', 'details=true'))).toEqual(['FAILED', 'COMPLETED']);
  expect(states(await merchant.status('MO-1', 'details=false'))).toEqual(['COMPLETED']);
});

test('an order paid by two attempts lists both, and is announced once', async () => {
  const merchant = await openMerchant();
  await merchant.pay();

  await merchant.control('/orders/MO-1', { outcome: 'COMPLETED', paidTwice: true });

  const { amount, paymentDetails } = await merchant.status('MO-1', 'details=true');
  expect(amount).toBe(29_900);
  expect(paymentDetails).toMatchObject([
    { state: 'COMPLETED', amount: 29_900 },
    { state: 'COMPLETED', amount: 29_900 },
  ]);
  const [first, second] = paymentDetails;
  expect(second?.transactionId).not.toBe(first?.transactionId);
  expect((second?.timestamp ?? 0) - (first?.timestamp ?? 0)).toBe(6000);
  expect(await merchant.webhooks()).toHaveLength(1);
});

test('a changed amount is what both the status and the webhook say', async () => {
  const merchant = await openMerchant();
  await merchant.pay();

  merchant.sandbox.finish('MO-1', { outcome: 'COMPLETED', amountInPaisa: 100 });

  expect(await merchant.status()).toMatchObject({ amount: 100, paymentDetails: [{ amount: 100 }] });
  expect(await merchant.webhooks()).toMatchObject([{ payload: { amount: 100 } }]);
});

test('a payment made at a given time carries that time', async () => {
  const merchant = await openMerchant();
  await merchant.pay();

  await merchant.control('/orders/MO-1', { outcome: 'COMPLETED', at: '2026-01-31T18:29:59.999Z' });

  const { paymentDetails } = await merchant.status();
  expect(paymentDetails[0]?.timestamp).toBe(Date.UTC(2026, 0, 31, 18, 29, 59, 999));
});

function expectedStatus(outcome: (typeof outcomes)[number], mode: (typeof modes)[number]) {
  if (outcome === 'COMPLETED') return { paymentDetails: [{ state: 'COMPLETED', ...paid[mode] }] };
  if (outcome === 'FAILED') return { paymentDetails: [{ state: 'FAILED' }], ...declined[mode] };
  const detailedErrorCode = outcome === 'EXPIRED' ? 'ORDER_EXPIRED' : 'ORDER_CANCELLED_BY_USER';
  return { paymentDetails: [], detailedErrorCode, errorContext: { detailedErrorCode } };
}

const upiRail = {
  type: 'UPI',
  utr: expect.stringMatching(/^\d{12}$/),
  vpa: expect.stringContaining('****'),
};
const cardRail = { type: 'PG', authorizationCode: expect.stringMatching(/^\d{6}$/) };
const card = { type: 'CREDIT_CARD', brn: expect.stringMatching(/^\d{12}$/) };

const paid = {
  UPI: {
    paymentMode: 'UPI_INTENT',
    rail: upiRail,
    splitInstruments: [{ rail: upiRail, amount: 29_900 }],
  },
  CARD: {
    paymentMode: 'CARD',
    rail: cardRail,
    instrument: card,
    splitInstruments: [{ instrument: card }],
  },
  NET_BANKING: {
    paymentMode: 'NET_BANKING',
    instrument: { type: 'NET_BANKING', bankTransactionId: expect.any(String) },
  },
};

const declined = {
  UPI: { errorCode: 'INVALID_MPIN', detailedErrorCode: 'ZM', errorContext: { source: 'CUSTOMER' } },
  CARD: { errorCode: 'AUTHORIZATION_ERROR', errorContext: { source: 'BANK' } },
  NET_BANKING: { errorCode: 'PAYMENT_ERROR', errorContext: { source: 'BANK' } },
};
