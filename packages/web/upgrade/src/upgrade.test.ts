import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPaymentsClient } from './client.ts';
import { type Call, createFakeApi, json, refusal } from './testing/fake-api.ts';

const buyer = { userId: 'u-1', userEmail: 'u-1@example.com' };
const page = {
  success: true,
  transactionId: 'txn_1',
  redirectUrl: 'https://pay.test/page/1',
  amountInPaisa: 29_900,
  expiresAt: '2026-11-28T10:00:00.000Z',
  reused: false,
};

function clientOf(reply: Parameters<typeof createFakeApi>[0]) {
  const api = createFakeApi(reply);
  const client = createPaymentsClient({
    apiUrl: 'http://api.test/',
    source: 'shop',
    gatewayOrigins: ['https://pay.test'],
    fetch: api.fetch,
  });
  return { ...api, client };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('one click', () => {
  it('asks for the plan and the invoice that the buyer chose, and answers the payment page', async () => {
    const { client, calls } = clientOf(() => json(200, page));
    const billing = { stateCode: '29', gstin: '29ABCDE1234F1Z5', name: 'A' };
    const outcome = await client.upgrade(buyer, { tier: 'basic', planId: 'basic-yearly', billing });
    expect(outcome).toMatchObject({
      kind: 'redirect',
      redirectUrl: page.redirectUrl,
      reused: false,
    });
    const { path, body } = calls[0] ?? {};
    expect(path).toBe('/payments/upgrade-to-pro');
    expect(body).toEqual({
      ...buyer,
      tier: 'basic',
      planId: 'basic-yearly',
      source: 'shop',
      billing,
    });
  });

  it('without a choice is the mission’s: Pro', async () => {
    const { client, calls } = clientOf(() => json(200, page));
    await client.upgrade(buyer);
    expect(calls[0]?.body).toEqual({ ...buyer, tier: 'pro', source: 'shop' });
  });

  it('thrice is one call and one payment', async () => {
    const { client, calls } = clientOf(() => json(200, page));
    const outcomes = await Promise.all([1, 2, 3].map(() => client.upgrade(buyer)));
    expect(calls).toHaveLength(1);
    expect(new Set(outcomes).size).toBe(1);
    await client.upgrade(buyer);
    expect(calls).toHaveLength(2);
  });

  it.each([
    'https://pay.test.evil.example/page',
    'http://pay.test/page',
    'javascript:alert(1)',
    'not an address',
  ])('never leads to %s, whatever the answer says', async (redirectUrl) => {
    const { client } = clientOf(() => json(200, { ...page, redirectUrl }));
    expect(await client.upgrade(buyer)).toEqual({
      kind: 'refused',
      status: 200,
      code: 'PAGE_ELSEWHERE',
    });
  });
});

describe('what stands in the way', () => {
  it.each([
    [
      refusal(409, 'ALREADY_PRO', { currentTier: 'pro' }),
      { kind: 'alreadyHeld', currentTier: 'pro' },
    ],
    [
      refusal(409, 'ALREADY_PAID', { transactionId: 'txn_0' }),
      { kind: 'alreadyPaid', transactionId: 'txn_0' },
    ],
    [
      refusal(409, 'PAYMENT_IN_PROGRESS', { transactionId: 'txn_0' }),
      { kind: 'inProgress', transactionId: 'txn_0' },
    ],
    [
      refusal(409, 'PAYMENT_IN_PROGRESS', {
        transactionId: 'txn_0',
        planId: 'basic-monthly',
        redirectUrl: 'https://pay.test/page/0',
      }),
      {
        kind: 'pageOpen',
        transactionId: 'txn_0',
        planId: 'basic-monthly',
        redirectUrl: 'https://pay.test/page/0',
      },
    ],
    [
      refusal(409, 'PAYMENT_IN_PROGRESS', {
        transactionId: 'txn_0',
        redirectUrl: 'https://evil.test',
      }),
      { kind: 'inProgress', transactionId: 'txn_0' },
    ],
    [
      refusal(403, 'FORBIDDEN'),
      {
        kind: 'refused',
        status: 403,
        code: 'FORBIDDEN',
        message: 'words of FORBIDDEN',
        requestId: 'req-1',
      },
    ],
    [json(401, { message: 'Unauthorized' }), { kind: 'refused', status: 401 }],
  ])('%o is told as %o', async (answer, outcome) => {
    const { client } = clientOf(() => answer);
    expect(await client.upgrade(buyer)).toEqual(outcome);
  });

  it.each([
    ['no network', 'unreachable' as const],
    ['a proxy’s own page', new Response('<html>', { status: 502 })],
  ])('%s is no answer, and safe to repeat', async (_, answer) => {
    const { client } = clientOf(() => answer);
    expect(await client.upgrade(buyer)).toEqual({ kind: 'unreachable' });
  });

  it('an API that does not answer is given up on in time', async () => {
    const { client } = clientOf(() => new Promise(() => undefined));
    const outcome = client.upgrade(buyer);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await outcome).toEqual({ kind: 'unreachable' });
  });
});

describe('a busy API', () => {
  const busy = (header?: string) => () =>
    json(
      503,
      { message: 'x', error: { code: 'TRY_AGAIN' } },
      header ? { 'retry-after': header } : {},
    );

  it('is asked again when it says, three times at most, and then that is said', async () => {
    const { client, calls } = clientOf(busy('4'));
    const waits: number[] = [];
    const outcome = client.upgrade(buyer, {
      onWait: (at) => waits.push(at.getTime() - Date.now()),
    });
    await vi.advanceTimersByTimeAsync(3999);
    expect(calls).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await outcome).toMatchObject({ kind: 'refused', code: 'TRY_AGAIN', status: 503 });
    expect(calls).toHaveLength(3);
    expect(waits).toEqual([4000, 4000]);
  });

  it('that names no time, or one far away, is asked after 1 s, then 2; never later than 10 s', async () => {
    const waits: number[] = [];
    const onWait = (at: Date) => waits.push(at.getTime() - Date.now());
    const flooded = clientOf(() => json(429, { message: 'Too Many Requests' }));
    const outcome = flooded.client.upgrade(buyer, { onWait });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await outcome).toEqual({ kind: 'refused', status: 429 });
    const far = clientOf(busy('3600')).client.upgrade(buyer, { onWait });
    await vi.advanceTimersByTimeAsync(60_000);
    await far;
    expect(waits).toEqual([1000, 2000, 10_000, 10_000]);
  });

  it('is left in peace once the buyer has gone on', async () => {
    const { client, calls } = clientOf(busy('4'));
    const ended = new AbortController();
    const outcome = client.upgrade(buyer, { signal: ended.signal });
    await vi.advanceTimersByTimeAsync(1000);
    ended.abort();
    expect(await outcome).toEqual({ kind: 'aborted' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(calls).toHaveLength(1);
  });
});

describe('the plans', () => {
  const plans = {
    success: true,
    plans: [],
    withoutPlan: { tier: 'registered', searchesPerDay: 10 },
  };
  it.each([
    [() => json(200, plans), 'plans'],
    [() => json(200, 'nonsense'), 'unavailable'],
    [() => json(503, plans), 'unavailable'],
    [() => 'unreachable' as const, 'unavailable'],
  ])(
    'of an API that answers %o are %s',
    async (reply: (call: Call) => Response | 'unreachable', kind) => {
      expect(await clientOf(reply).client.listPlans()).toMatchObject({ kind });
    },
  );
});
