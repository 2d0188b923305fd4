import type { RefundAnswer } from '@cloudnestle/payments/gateway';
import { createPhonePeGateway } from '@cloudnestle/phonepe/create-gateway';
import { type ListenOptions, startSandbox } from '@cloudnestle/phonepe-sandbox/listen';
import type { RefundRuleChanges } from '@cloudnestle/phonepe-sandbox/refunds/refund-rules';
import { signWebhook } from '@cloudnestle/phonepe-sandbox/webhooks/sign-webhook';
import type { PostWebhook } from '@cloudnestle/phonepe-sandbox/webhooks/webhook-options';
import { expect, it, onTestFinished } from 'vitest';
import { localCredentials } from '../seed/local-credentials.ts';

const PATIENT = { timeoutMs: 60_000 };
const DAY_MS = 86_400_000;
const [hook] = localCredentials.webhookCredentials;

/** The client that the functions use against the sandbox of the local run, one order paid: `MO-1`, 299 rupees. */
async function openShop(options: Partial<ListenOptions> = {}) {
  let nowMs = Date.UTC(2026, 10, 28, 6);
  const now = () => new Date(nowMs);
  const told: Uint8Array[] = [];
  const post: PostWebhook = async (_url, { body }) => {
    told.push(body);
    return { result: 'accepted', status: 200 };
  };
  const auth = { kind: 'sha256', username: '', password: '', ...hook } as const;
  const { sandbox, url, apiUrl, close } = await startSandbox({
    refundDelayMs: 1_000,
    tokenLifetimeSeconds: 365 * 86_400,
    ...options,
    credentials: { ...localCredentials, clientVersion: '1' },
    webhook: { url: () => 'http://shop.example/hook', auth, post },
    now,
  });
  onTestFinished(close);
  const gateway = createPhonePeGateway({
    readCredentials: async () => localCredentials,
    authUrl: `${apiUrl}/v1/oauth/token`,
    baseUrl: apiUrl,
    now,
    random: () => 0,
  });
  const pay = async (merchantOrderId: string, mode: 'UPI' | 'CARD' = 'UPI') => {
    const returnUrl = 'https://shop.example/';
    const order = { merchantOrderId, amountInPaisa: 29_900, expiresInSeconds: 1800, returnUrl };
    await gateway.createOrder(order, PATIENT);
    sandbox.finish(merchantOrderId, { outcome: 'COMPLETED', mode, webhook: 'lose' });
  };
  await pay('MO-1');
  return {
    sandbox,
    url,
    pay,
    pass: (ms: number) => {
      nowMs += ms;
    },
    refund: (
      merchantRefundId: string,
      amountInPaisa: number,
      { merchantOrderId = 'MO-1', timeoutMs = 60_000 } = {},
    ) => gateway.refund({ merchantRefundId, merchantOrderId, amountInPaisa }, { timeoutMs }),
    status: (merchantRefundId: string) => gateway.refundStatus(merchantRefundId, PATIENT),
    /** What the webhook function makes of the last webhook. */
    lastTold: async () => {
      await sandbox.deliveries.settled();
      const body = told.at(-1) ?? new Uint8Array();
      return gateway.readWebhook({ headers: signWebhook(auth, Uint8Array.from(body)), body });
    },
    wasTold: () => told.length,
    limits: gateway.refundLimits,
  };
}

it('a refund goes its way, and each body of its status says the same', async () => {
  const shop = await openShop();
  const asked = await shop.refund('MR-1', 10_000);
  expect(asked).toMatchObject({ kind: 'accepted', state: 'PENDING' });
  const { gatewayRefundId } = Object(asked);
  expect(await shop.status('MR-1')).toMatchObject({ kind: 'found', state: 'PENDING' });
  shop.pass(1_000);
  for (const statusBody of ['all', 'documented', 'clients', 'newest'] as const) {
    shop.sandbox.refundRules.set({ statusBody });
    expect(await shop.status('MR-1')).toEqual({
      kind: 'found',
      state: 'COMPLETED',
      gatewayState: 'COMPLETED',
      amountInPaisa: 10_000,
      gatewayRefundId,
      merchantOrderId: 'MO-1',
      at: '2026-11-28T06:00:01.000Z',
    });
  }
  expect(await shop.status('MR-2')).toEqual({ kind: 'notFound' });
});

it('why PhonePe pays nothing back is told without its words', async () => {
  const shop = await openShop({ refundRules: { lowBalance: 'refused' } });
  const obstacle = async (answer: Promise<RefundAnswer>) => {
    const said = await answer;
    return said.kind === 'refused' ? (said.obstacle ?? said.code) : said.kind;
  };
  await shop.refund('MR-1', 10_000);
  expect(await obstacle(shop.refund('MR-2', 100))).toBe('ANOTHER_RUNNING');
  shop.pass(1_000);
  expect(await obstacle(shop.refund('MR-2', 19_901))).toBe('TOO_MUCH');
  expect(await obstacle(shop.refund('MR-2', 100, { merchantOrderId: 'MO-9' }))).toBe(
    'UNKNOWN_ORDER',
  );
  shop.sandbox.refundRules.set({ balance: 99 });
  expect(await obstacle(shop.refund('MR-2', 100))).toBe('LOW_BALANCE');
  shop.pass(shop.limits.windowDays * DAY_MS - 1_000);
  expect(await obstacle(shop.refund('MR-2', 100))).toBe('accepted');
  shop.pass(1_000);
  expect(await obstacle(shop.refund('MR-3', 100))).toBe('TOO_OLD');
  expect(await obstacle(shop.refund('MR-3', shop.limits.minimumInPaisa - 1))).toBe(
    'INVALID_REFUND_REQUEST_FIELDS',
  );
});

it('a refund that the day’s balance does not cover fails today, and is made under a new id tomorrow', async () => {
  const shop = await openShop();
  await fetch(`${shop.url}/phonepe/control/refund-rules`, {
    method: 'POST',
    body: '{"balance":0}',
  });
  expect(await shop.refund('MR-1', 29_900)).toMatchObject({ kind: 'accepted' });
  shop.pass(1_000);
  expect(await shop.status('MR-1')).toMatchObject({
    state: 'FAILED',
    errorCode: 'REFUND_BREACHED',
    detailedErrorCode: 'BF_034',
    obstacle: 'LOW_BALANCE',
  });
  shop.pass(DAY_MS);
  await shop.refund('MR-2', 29_900);
  shop.pass(1_000);
  expect(await shop.status('MR-2')).toMatchObject({ state: 'COMPLETED' });
});

it('a card’s refund is CONFIRMED for days, and may still fail', async () => {
  const shop = await openShop({ refundRules: { cardDays: 7 } });
  await shop.pay('MO-2', 'CARD');
  await shop.refund('MR-1', 29_900, { merchantOrderId: 'MO-2' });
  shop.pass(7 * DAY_MS);
  expect(await shop.status('MR-1')).toMatchObject({ state: 'CONFIRMED' });
  shop.sandbox.finishRefund('MR-1', { outcome: 'FAILED', webhook: 'lose' });
  shop.pass(DAY_MS);
  expect(await shop.status('MR-1')).toMatchObject({ state: 'FAILED', obstacle: 'LOW_BALANCE' });
});

it('a refund whose answer is lost is unknown, was made once, and is found by its id', async () => {
  const shop = await openShop();
  const faults = [
    { operation: 'refund', kind: 'hang', afterEffect: true },
    { operation: 'refund', kind: 'malformed', afterEffect: true },
    { operation: 'refund', kind: 'reset' },
  ] as const;
  shop.sandbox.faults.set(faults);
  expect(await shop.refund('MR-1', 100, { timeoutMs: 500 })).toEqual({
    kind: 'unknown',
    reason: 'timed out',
  });
  shop.pass(1_000);
  expect(await shop.status('MR-1')).toMatchObject({ kind: 'found', amountInPaisa: 100 });
  expect(await shop.refund('MR-2', 200)).toMatchObject({ kind: 'unknown' });
  expect(await shop.status('MR-2')).toMatchObject({ kind: 'found' });
  shop.pass(1_000);
  expect(await shop.refund('MR-3', 300)).toMatchObject({ kind: 'unknown' });
  expect(await shop.status('MR-3')).toEqual({ kind: 'notFound' });
  expect(shop.sandbox.calls.refund).toBe(faults.length);
});

it.each([
  ['badRequest', { kind: 'refused', code: 'BAD_REQUEST', httpStatus: 400, isFinal: false }],
  ['expectationFailed', { kind: 'refused', httpStatus: 417, obstacle: 'ANOTHER_RUNNING' }],
  ['sameRefund', { kind: 'accepted', state: 'COMPLETED' }],
] as const)('a repeated id never pays back twice, answered as %s', async (repeatedId, expected) => {
  const shop = await openShop({ refundRules: { repeatedId } });
  await shop.refund('MR-1', 100);
  shop.pass(1_000);
  expect(await shop.refund('MR-1', 100)).toMatchObject(expected);
  expect(shop.sandbox.refunds.list()).toHaveLength(1);
  const ofMore = await shop.refund('MR-1', 200);
  expect(ofMore.kind).toBe(repeatedId === 'sameRefund' ? 'unknown' : 'refused');
});

const shapes: [RefundRuleChanges['webhookBody'], object][] = [
  ['full', { kind: 'refund', merchantOrderId: 'MO-1', gatewayState: 'COMPLETED' }],
  ['idsOnly', { kind: 'refund', merchantRefundId: 'MR-1', gatewayState: 'COMPLETED' }],
  ['noRefundIds', { kind: 'refund', gatewayOrderId: expect.stringMatching(/^OMO/) }],
  ['gatewayIdOnly', { kind: 'refund', gatewayRefundId: expect.stringMatching(/^OMR/) }],
  ['noWrapper', { kind: 'malformed' }],
];
it.each(shapes)(
  'a webhook of a refund that comes as %s is read as far as it goes',
  async (webhookBody, expected) => {
    const shop = await openShop();
    shop.sandbox.refundRules.set({ webhookBody });
    await shop.refund('MR-1', 29_900);
    shop.pass(1_000);
    await shop.status('MR-1');
    expect(await shop.lastTold()).toMatchObject(expected);
    expect(shop.wasTold()).toBe(1);
  },
);
