import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPaymentsClient } from './client.ts';
import type { PaymentView } from './follow.ts';
import { createFakeApi, json, refusal } from './testing/fake-api.ts';
import type { PaymentStatus } from './wire.ts';

const id = 'txn_1';
const status = (change: Partial<PaymentStatus> = {}): PaymentStatus => ({
  transactionId: id,
  status: 'PENDING',
  access: 'PENDING',
  tier: 'pro',
  amountInPaisa: 29_900,
  currency: 'INR',
  message: 'words',
  retryAfterMs: 1000,
  ...change,
});
const paid = status({ status: 'COMPLETED' });
const granted = status({ status: 'COMPLETED', access: 'GRANTED', retryAfterMs: 0 });
const failed = status({ status: 'FAILED', reason: 'DECLINED', retryAfterMs: 0 });

/** A payment whose status is answered by `replies` in turn, the last one for ever. */
function follow(...replies: (PaymentStatus | (() => Response | 'unreachable'))[]) {
  let asked = 0;
  const api = createFakeApi(({ path }) => {
    if (path === '/payments/callback') return json(200, { success: true });
    const reply = replies[Math.min(asked, replies.length - 1)] ?? status();
    asked += 1;
    return typeof reply === 'function' ? reply() : json(200, reply);
  });
  const client = createPaymentsClient({ apiUrl: '', gatewayOrigins: [], fetch: api.fetch });
  const follower = client.follow(id);
  const views: PaymentView[] = [];
  const leave = follower.subscribe(() => views.push(follower.getSnapshot()));
  const paths = () => api.calls.map(({ path }) => path.split('/')[2]);
  return { client, follower, views, leave, paths, kinds: () => views.map(({ kind }) => kind) };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('a payment that is followed', () => {
  it('is announced, then asked about at the pace of the API, until what was paid for is on', async () => {
    const { follower, kinds, paths } = follow(status(), paid, granted);
    await pass(1500);
    expect(kinds()).toEqual(['pending', 'activating']);
    await pass(60_000);
    expect(kinds()).toEqual(['pending', 'activating', 'granted']);
    expect(paths()).toEqual(['callback', 'status', 'status', 'status']);
    expect(follower.getSnapshot().isFollowing).toBe(false);
  });

  it('is asked about for a minute, and then when the buyer says so', async () => {
    const { follower, paths } = follow(status());
    await pass(120_000);
    expect(follower.getSnapshot()).toMatchObject({ kind: 'pending', isFollowing: false });
    const before = paths().length;
    expect(before).toBeLessThanOrEqual(62);
    follower.checkAgain();
    expect(follower.getSnapshot().isFollowing).toBe(true);
    await pass(0);
    expect(paths().slice(before)).toEqual(['callback', 'status']);
  });

  it('that an operator looks at is not asked about any more', async () => {
    const { follower, paths } = follow(status({ reason: 'IN_DOUBT', retryAfterMs: 0 }));
    await pass(60_000);
    expect(paths()).toEqual(['callback', 'status']);
    expect(follower.getSnapshot().isFollowing).toBe(false);
  });

  it('is one and the same for two components, and announced once though React mounts twice', async () => {
    const { client, follower, leave, paths } = follow(status());
    expect(client.follow(id)).toBe(follower);
    leave();
    const end = follower.subscribe(() => undefined);
    follower.subscribe(() => undefined);
    await pass(0);
    expect(paths().filter((path) => path === 'callback')).toHaveLength(1);
    await pass(3000);
    const asked = paths().length;
    expect(asked).toBeLessThanOrEqual(6);
    end();
    await pass(1000);
    expect(paths().length).toBe(asked + 1);
  });

  it('is left alone once the page is gone', async () => {
    const { leave, paths } = follow(status());
    await pass(1500);
    leave();
    const asked = paths().length;
    await pass(60_000);
    expect(paths()).toHaveLength(asked);
  });
});

describe('an answer that is missing', () => {
  it.each([
    ['the network', () => 'unreachable' as const],
    ['the API', () => json(503, { message: 'Service Unavailable' })],
    ['something in between', () => new Response('<html>', { status: 200 })],
    ['API Gateway, which knows no such route', () => json(404, { message: 'Not Found' })],
  ])('because of %s says nothing of the payment, and is asked for again', async (_, reply) => {
    const { kinds } = follow(reply, reply, granted);
    await pass(0);
    expect(kinds()).toEqual(['unavailable']);
    await pass(10_000);
    expect(kinds()).toEqual(['unavailable', 'granted']);
  });

  it('takes nothing back of what is known', async () => {
    const { kinds } = follow(paid, () => 'unreachable', granted);
    await pass(10_000);
    expect(kinds()).toEqual(['activating', 'granted']);
  });

  it.each(['ORDER_NOT_FOUND', 'INVALID_REQUEST'])(
    'is none where the id is wrong: %s',
    async (code) => {
      const { kinds, paths } = follow(() => refusal(404, code));
      await pass(60_000);
      expect(kinds()).toEqual(['unknown']);
      expect(paths()).toEqual(['callback', 'status']);
    },
  );
});

it('late money is believed after a failure, and a failure never after access was there', async () => {
  const late = follow(failed, paid, granted);
  await pass(1000);
  late.follower.checkAgain();
  await pass(5000);
  expect(late.kinds().filter((kind, at, all) => kind !== all[at - 1])).toEqual([
    'failed',
    'activating',
    'granted',
  ]);
  vi.useRealTimers();
  const answers = fc.array(fc.constantFrom(status(), paid, granted, failed), { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(answers, async (replies) => {
      vi.useFakeTimers();
      const { follower, kinds, leave } = follow(...replies);
      for (let times = 0; times < replies.length; times += 1) {
        await pass(2000);
        follower.checkAgain();
      }
      await pass(2000);
      leave();
      vi.useRealTimers();
      const seen = kinds();
      const at = seen.indexOf('granted');
      expect(at === -1 ? [] : seen.slice(at)).not.toContain('failed');
    }),
    { numRuns: 50 },
  );
});
