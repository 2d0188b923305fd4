import { expect, test } from 'vitest';
import { openPaidMerchant } from '../testing/open-paid-merchant.ts';

const DAY_MS = 86_400_000;

/** A clock that is moved by hand, noon in India to begin with. */
function createClock() {
  let nowMs = Date.UTC(2026, 10, 23, 6, 30);
  return {
    now: () => new Date(nowMs),
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

const codeOf = async (answer: Response) => [answer.status, Object(await answer.json()).code];

test('why a refund is refused is told in the codes of the list of errors', async () => {
  const merchant = await openPaidMerchant({ refundDelayMs: null });
  await merchant.call('/checkout/v2/pay', {
    merchantOrderId: 'MO-open',
    amount: 29_900,
    paymentFlow: { type: 'PG_CHECKOUT', merchantUrls: { redirectUrl: 'https://shop.test/' } },
  });
  await merchant.refund('R-1', 10_000);
  const refuse = async (...refund: Parameters<typeof merchant.refund>) =>
    codeOf(await merchant.refund(...refund));
  expect(await refuse('R-2', 100)).toEqual([400, 'PREVIOUS_ORDER_IN_PROGRESS']);
  merchant.sandbox.finishRefund('R-1', { outcome: 'CONFIRMED' });
  expect(await refuse('R-2', 100)).toEqual([400, 'PREVIOUS_ORDER_IN_PROGRESS']);
  merchant.sandbox.finishRefund('R-1', { outcome: 'COMPLETED' });
  expect(await refuse('R-2', 19_901)).toEqual([400, 'EXCESS_REFUND_AMOUNT']);
  expect(await refuse('R-3', 100, 'MO-open')).toEqual([400, 'REFUND_NOT_ALLOWED']);
  expect(await refuse('R-4', 100, 'MO-none')).toEqual([400, 'INVALID_MERCHANT_ORDER_ID']);
  expect(merchant.sandbox.refunds.list()).toHaveLength(1);
});

test('an order is refunded up to 90 days after its payment, by the sandbox’s clock', async () => {
  const clock = createClock();
  const merchant = await openPaidMerchant({ now: clock.now, refundDelayMs: 0 });
  clock.pass(90 * DAY_MS);
  expect((await merchant.refund('R-1', 100)).status).toBe(200);
  clock.pass(1);
  const late = await merchant.refund('R-2', 100);
  expect(await codeOf(late)).toEqual([400, 'REFUND_FOR_TXN_OLDER_THAN_LIMIT']);
});

test('a card’s refund is CONFIRMED for days, holds up the next one, and is told when it completes', async () => {
  const clock = createClock();
  const merchant = await openPaidMerchant({
    now: clock.now,
    mode: 'CARD',
    refundDelayMs: 1_000,
    refundRules: { cardDays: 8, announcesConfirmed: true },
  });
  await merchant.refund('R-1', 10_000);
  clock.pass(1_000);
  const confirmedAt = clock.now().getTime();
  expect(await merchant.refundStatus('R-1')).toMatchObject({
    state: 'CONFIRMED',
    timestamp: confirmedAt,
    paymentDetails: [{ state: 'CONFIRMED' }],
  });
  clock.pass(8 * DAY_MS - 1);
  expect((await merchant.refund('R-2', 100)).status).toBe(400);
  clock.pass(1);
  expect(await merchant.refundStatus('R-1')).toMatchObject({
    state: 'COMPLETED',
    timestamp: confirmedAt + 8 * DAY_MS,
    splitInstruments: [{ instrument: { type: 'CREDIT_CARD' }, amount: 10_000 }],
  });
  const events = (await merchant.webhooks()).map(({ event }) => event);
  expect(events.slice(1)).toEqual(['pg.refund.accepted', 'pg.refund.completed']);
});

test('a refund can fail after it was CONFIRMED, and its money can be refunded again', async () => {
  const merchant = await openPaidMerchant({ refundDelayMs: null });
  await merchant.refund('R-1', 29_900);
  const failure = { errorCode: 'AUTHORIZATION_ERROR', detailedErrorCode: 'ZM' };
  const answers = [
    await merchant.control('/refunds/R-1', { outcome: 'CONFIRMED' }),
    await merchant.control('/refunds/R-1', { outcome: 'CONFIRMED' }),
    await merchant.control('/refunds/R-1', { outcome: 'FAILED', failure }),
    await merchant.control('/refunds/R-1', { outcome: 'COMPLETED' }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 409, 200, 409]);
  expect(await merchant.refundStatus('R-1')).toMatchObject({ state: 'FAILED', ...failure });
  const told = (await merchant.webhooks()).slice(1).map(({ event }) => event);
  expect(told).toEqual(['pg.refund.accepted', 'pg.refund.failed']);
  expect((await merchant.refund('R-2', 29_900)).status).toBe(200);
});

test('BF_034: a balance set for today makes a refund fail today, and covers it tomorrow', async () => {
  const clock = createClock();
  const merchant = await openPaidMerchant({ now: clock.now, refundDelayMs: 1_000 });
  await merchant.control('/refund-rules', { balance: 10_000 });
  expect((await merchant.refund('R-1', 10_001)).status).toBe(200);
  clock.pass(1_000);
  const breached = { errorCode: 'REFUND_BREACHED', detailedErrorCode: 'BF_034' };
  expect(await merchant.refundStatus('R-1')).toMatchObject({ state: 'FAILED', ...breached });

  await merchant.refund('R-2', 10_000);
  clock.pass(1_000);
  expect(await merchant.refundStatus('R-2')).toMatchObject({ state: 'COMPLETED' });
  merchant.sandbox.refundRules.set({ lowBalance: 'refused' });
  merchant.sandbox.refundRules.set({ balance: 99 });
  const refused = await merchant.refund('R-3', 100);
  expect([refused.status, await refused.json()]).toEqual([
    400,
    { code: 'BAD_REQUEST', message: expect.any(String), ...breached },
  ]);
  expect(merchant.sandbox.refunds.get('R-3')).toBeUndefined();

  // Half past midnight in India, the same day in UTC.
  clock.pass(12.5 * 3_600_000);
  expect((await merchant.refund('R-3', 19_900)).status).toBe(200);
  clock.pass(1_000);
  expect(await merchant.refundStatus('R-3')).toMatchObject({ state: 'COMPLETED' });
});

test('BF_034: refunds are paid from the day’s takings, in India', async () => {
  const clock = createClock();
  const merchant = await openPaidMerchant({
    now: clock.now,
    refundDelayMs: 0,
    refundRules: { balance: 'takings', lowBalance: 'refused' },
  });
  clock.pass(12 * 3_600_000);
  expect((await merchant.refund('R-1', 100)).status).toBe(400);
  await merchant.pay('MO-2');
  expect((await merchant.refund('R-1', 20_000)).status).toBe(200);
  expect((await merchant.refund('R-2', 20_000, 'MO-2')).status).toBe(400);
  expect((await merchant.refund('R-2', 9_900, 'MO-2')).status).toBe(200);
});

test.each([
  ['badRequest', 400, { code: 'BAD_REQUEST' }],
  ['expectationFailed', 417, { code: 'DUPLICATE_TXN_REQUEST' }],
  ['sameRefund', 200, { amount: 100, state: 'COMPLETED' }],
] as const)(
  'a repeated merchantRefundId is answered as wished: %s',
  async (repeatedId, status, body) => {
    const merchant = await openPaidMerchant({ refundDelayMs: 0, refundRules: { repeatedId } });
    const first = await (await merchant.refund('R-1', 100)).json();
    const again = await merchant.refund('R-1', 29_800);
    expect(again.status).toBe(status);
    const said: unknown = await again.json();
    expect(said).toMatchObject(body);
    if (status === 200) expect(said).toMatchObject({ refundId: Object(first).refundId });
    expect(merchant.sandbox.refunds.list()).toHaveLength(1);
  },
);

test('a refund whose answer was lost is there, and can be asked about', async () => {
  const merchant = await openPaidMerchant({ refundDelayMs: null });
  const lost = { operation: 'refund', kind: 'reset', afterEffect: true } as const;
  merchant.sandbox.faults.set([lost, { ...lost, afterEffect: false }]);
  await expect(merchant.refund('R-1', 100)).rejects.toThrow('fetch failed');
  expect(await merchant.refundStatus('R-1')).toMatchObject({ state: 'PENDING', amount: 100 });
  await expect(merchant.refund('R-2', 100)).rejects.toThrow('fetch failed');
  expect(await merchant.refundStatus('R-2')).toMatchObject({ code: 'INVALID_MERCHANT_REFUND_ID' });
});

test('a refund made in the dashboard follows the same rules and has none of our ids', async () => {
  const merchant = await openPaidMerchant({ refundDelayMs: null });
  const ask = (body: object, order = 'MO-1') => merchant.control(`/orders/${order}/refund`, body);
  const part = await ask({ amountInPaisa: 9_900 });
  const { merchantRefundId, ...summary } = Object(await part.json());
  expect(merchantRefundId).toMatch(/^REFUND-\d{10}$/);
  expect(summary).toMatchObject({ originalMerchantOrderId: 'MO-1', state: 'PENDING' });
  expect((await ask({})).status).toBe(409);
  merchant.sandbox.finishRefund(merchantRefundId, { outcome: 'COMPLETED' });
  expect((await merchant.webhooks()).at(-1)).toMatchObject({
    event: 'pg.refund.completed',
    payload: { merchantRefundId, originalMerchantOrderId: 'MO-1', amount: 9_900 },
  });
  const rest = merchant.sandbox.refundInDashboard('MO-1');
  expect(rest).toMatchObject({ kind: 'taken', refund: { amountInPaisa: 20_000 } });
  expect((await ask({}, 'MO-9')).status).toBe(404);
  expect((await ask({ amountInPaisa: 99 })).status).toBe(400);
});

test('a split payment goes back part by part, each to its own source', async () => {
  const merchant = await openPaidMerchant({ mode: 'SPLIT', refundDelayMs: 0 });
  const { paymentDetails } = await merchant.status();
  expect(paymentDetails[0]).not.toHaveProperty('rail');
  expect(paymentDetails[0]).toMatchObject({
    paymentMode: 'UPI_INTENT',
    splitInstruments: [
      { rail: { type: 'UPI' }, amount: 14_950 },
      { instrument: { type: 'WALLET' }, rail: { type: 'PPI_WALLET' }, amount: 14_950 },
    ],
  });
  const parts = async (id: string) =>
    Object(await merchant.refundStatus(id)).splitInstruments.map(
      ({ rail, amount }: { rail: { type: string }; amount: number }) => [rail.type, amount],
    );
  await merchant.refund('R-1', 10_000);
  expect(await parts('R-1')).toEqual([['UPI', 10_000]]);
  await merchant.refund('R-2', 19_900);
  expect(await parts('R-2')).toEqual([
    ['UPI', 4_950],
    ['PPI_WALLET', 14_950],
  ]);
});

test.each([
  ['full', { payload: { merchantRefundId: 'R-1', refundId: expect.stringMatching(/^OMR/) } }],
  ['idsOnly', { payload: { merchantRefundId: 'R-1', refundId: expect.stringMatching(/^OMR/) } }],
  ['noRefundIds', { payload: { orderId: expect.stringMatching(/^OMO/) } }],
  ['gatewayIdOnly', { payload: { originalMerchantOrderId: '', state: 'COMPLETED' } }],
  ['noWrapper', { originalMerchantOrderId: 'MO-1', errorCode: '', state: 'COMPLETED' }],
] as const)('a webhook of a refund can come as %s', async (webhookBody, expected) => {
  const merchant = await openPaidMerchant({ refundDelayMs: 0, refundRules: { webhookBody } });
  await merchant.refund('R-1', 100);
  await merchant.refundStatus('R-1');
  const body = Object((await merchant.bodies()).at(-1));
  expect(body).toMatchObject(expected);
  expect(body.event).toBe(webhookBody === 'noWrapper' ? undefined : 'pg.refund.completed');
  const text = JSON.stringify(body);
  expect(text.includes('R-1')).toBe(webhookBody === 'full' || webhookBody === 'idsOnly');
  expect(text.includes('OMR')).toBe(webhookBody !== 'noRefundIds');
  expect(text.includes('MO-1')).toBe(webhookBody === 'full' || webhookBody === 'noWrapper');
});

test('the webhook of a refund that moves by itself can be lost or come twice', async () => {
  const merchant = await openPaidMerchant({ refundDelayMs: 0, refundRules: { webhook: 'lose' } });
  await merchant.refund('R-1', 100);
  expect(await merchant.refundStatus('R-1')).toMatchObject({ state: 'COMPLETED' });
  expect(await merchant.bodies()).toHaveLength(1);
  merchant.sandbox.refundRules.set({ webhook: 'duplicate' });
  await merchant.refund('R-2', 100);
  await merchant.refundStatus('R-2');
  const [, first, second] = await merchant.bodies();
  expect(first).toMatchObject({ payload: { merchantRefundId: 'R-2' } });
  expect(second).toEqual(first);
});

test('the status of a refund can be answered in each of the bodies in circulation', async () => {
  const merchant = await openPaidMerchant({ refundDelayMs: 0 });
  await merchant.refund('R-1', 100);
  const answerAs = async (statusBody: 'documented' | 'clients' | 'newest') => {
    merchant.sandbox.refundRules.set({ statusBody });
    return Object.keys(Object(await merchant.refundStatus('R-1')));
  };
  const documented = await answerAs('documented');
  expect(documented).toEqual(
    expect.arrayContaining(['refundId', 'timestamp', 'errorCode', 'splitInstruments']),
  );
  for (const field of ['merchantId', 'merchantRefundId', 'paymentDetails']) {
    expect(documented).not.toContain(field);
  }
  expect(await answerAs('clients')).toEqual([
    'merchantId',
    'merchantRefundId',
    'originalMerchantOrderId',
    'amount',
    'state',
    'paymentDetails',
  ]);
  expect(await answerAs('newest')).toEqual(
    expect.arrayContaining(['currency', 'refundableAmount', 'phonepeTPAPTxnDetailsLink']),
  );
});

test('the rules are shown and changed over HTTP; what is no rule is refused by its name', async () => {
  const merchant = await openPaidMerchant();
  const changed = await merchant.control('/refund-rules', { cardDays: 7, delayMs: null });
  expect(await changed.json()).toMatchObject({ cardDays: 7, delayMs: null, balance: 'ample' });
  expect(await (await merchant.control('/refund-rules')).json()).toMatchObject({ cardDays: 7 });
  for (const [body, field] of [
    [{ cardDays: 21 }, 'cardDays'],
    [{ balance: -1 }, 'balance'],
    [{ fees: 1 }, 'fees'],
  ]) {
    const answer = await merchant.control('/refund-rules', Object(body));
    expect([answer.status, await answer.json()]).toEqual([
      400,
      expect.objectContaining({ error: expect.objectContaining({ field }) }),
    ]);
  }
});
