import { afterEach, describe, expect, it } from 'vitest';
import { parseFixture, readFixture } from './testing/fixtures.ts';
import { createTestGateway, SECRET, servePhonePe } from './testing/phonepe-server.ts';
import { breakOff, endless, hang, type Reply, reset } from './testing/serve.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

async function ask(reply: Reply | Reply[], id = 'MO-1', timeoutMs = 60_000) {
  let calls = 0;
  const phonePe = await servePhonePe(() =>
    Array.isArray(reply) ? (reply[calls++] ?? { status: 500 }) : reply,
  );
  closers.push(phonePe.close);
  const { gateway } = createTestGateway(phonePe.url);
  const answer = await gateway.orderStatus(id, { timeoutMs });
  return { answer, calls: phonePe.apiCalls() };
}

const completed = { body: parseFixture('order-status-completed-card') };

describe('an order is asked about', () => {
  it('with every attempt and the context of an error', async () => {
    const { answer, calls } = await ask(completed, 'MP-u_1-1732356000-abc123');
    expect(answer).toMatchObject({ kind: 'found', state: 'COMPLETED', isOurs: true });
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({
      method: 'GET',
      path: '/pg/checkout/v2/order/MP-u_1-1732356000-abc123/status?details=true&errorContext=true',
      body: '',
    });
    expect(calls[0]?.headers).toMatchObject({
      authorization: 'O-Bearer token-1',
      'content-type': 'application/json',
    });
  });

  it.each([
    ['a/b?c=d#e', 'a%2Fb%3Fc%3Dd%23e'],
    ['../../pay', '..%2F..%2Fpay'],
    ['₹ \ud800', '%E2%82%B9%20%EF%BF%BD'],
  ])('by an id that stays one part of the path: %j', async (id, encoded) => {
    const { calls } = await ask(completed, id);
    expect(calls[0]?.path).toMatch(`/order/${encoded}/status`);
  });

  it.each(['', '.', '..'])('not by an id no path can carry: %j', async (id) => {
    const { answer, calls } = await ask(completed, id);
    expect(answer).toEqual({ kind: 'notFound' });
    expect(calls).toHaveLength(0);
  });
});

describe('an order PhonePe does not know', () => {
  it.each([
    [400, { code: 'INVALID_MERCHANT_ORDER_ID' }],
    [400, { success: false, code: 'MERCHANT_ORDER_MAPPING_NOT_FOUND', data: {} }],
    [404, { code: 'ORDER_NOT_FOUND' }],
    [417, { errorCode: 'INVALID_MERCHANT_ORDER_ID' }],
    [200, { success: false, code: 'MERCHANT_ORDER_MAPPING_NOT_FOUND', data: {} }],
  ])('%d %j', async (status, body) => {
    const { answer } = await ask({ status, body });
    expect(answer).toEqual({ kind: 'notFound' });
  });

  it.each([
    [400, { code: 'BAD_REQUEST' }, 'BAD_REQUEST'],
    [404, { code: 'API Mapping Not Found' }, 'API Mapping Not Found'],
    [404, '<html>', 'HTTP_404'],
    [403, {}, 'HTTP_403'],
  ])('is not one it refused to tell about: %d %j', async (status, body, code) => {
    const { answer, calls } = await ask({ status, body });
    expect(answer).toEqual({ kind: 'refused', code, httpStatus: status });
    expect(calls).toHaveLength(1);
  });
});

it('keeps every digit of ids that are sent as numbers', async () => {
  const body = readFixture('order-status-unsafe-integers').toString();
  const { answer } = await ask({ body });
  expect(answer).toMatchObject({
    kind: 'found',
    amountInPaisa: 29_900,
    attempts: [
      {
        gatewayTransactionId: '20250729123456789012',
        instrument: { mode: 'UPI', utr: '123456789012345678901234' },
      },
    ],
  });
});

it('keeps every digit of a card payment’s reference of 23 digits', async () => {
  const arn = '74839201746538291047382';
  const rail = `{"type":"PG","arn":${arn}}`;
  const { answer } = await ask({
    body: `{"orderId":20250729123456789012,"state":"COMPLETED","amount":29900,"paymentDetails":[{"paymentMode":"CREDIT_CARD","rail":${rail}}]}`,
  });
  expect(answer).toMatchObject({
    gatewayOrderId: '20250729123456789012',
    attempts: [{ instrument: { mode: 'CARD', arn } }],
  });
});

describe('whose order it is', () => {
  const completedOf = (merchantId: string) => ({
    body: { ...parseFixture('order-status-completed-card'), merchantId },
  });
  const startAt = Date.UTC(2025, 10, 23, 10);

  /** A merchant whose secret can be corrected, and a clock that can be moved. */
  async function startWith(merchantId: string, answering: string) {
    const phonePe = await servePhonePe(() => completedOf(answering));
    closers.push(phonePe.close);
    const world = { secret: { ...SECRET, merchantId }, nowMs: startAt };
    const { gateway, reads } = createTestGateway(phonePe.url, {
      now: () => new Date(world.nowMs),
      readCredentials: async () => world.secret,
    });
    const isOurs = async () => {
      const answer = await gateway.orderStatus('MO-1', { timeoutMs: 2_000 });
      return answer.kind === 'found' && answer.isOurs;
    };
    return { world, isOurs, reads, tokenCalls: phonePe.tokenCalls };
  }

  it('is judged by the secret as it is now, not by the token that an older one brought', async () => {
    const { world, isOurs, tokenCalls } = await startWith('MISTYPED', 'MERCHANTUAT');
    expect(await isOurs()).toBe(false);
    world.secret = { ...SECRET, merchantId: 'MERCHANTUAT' };
    world.nowMs += 31_000;
    expect(await isOurs()).toBe(true);
    expect(tokenCalls()).toHaveLength(1);
  });

  it('is judged after the secret was read again, where it seems to be another’s', async () => {
    const { world, isOurs } = await startWith('MERCHANTUAT', 'MERCHANTNEW');
    const before = { ...SECRET };
    expect(await isOurs()).toBe(false);
    world.nowMs += 31_000;
    world.secret = { ...before, merchantId: 'MERCHANTNEW' };
    expect(await isOurs()).toBe(true);
  });

  it('makes strangers’ orders read the secret once in half a minute', async () => {
    const { world, isOurs, reads } = await startWith('MERCHANTUAT', 'ANOTHER');
    for (let times = 0; times < 5; times += 1) {
      expect(await isOurs()).toBe(false);
      world.nowMs += 1000;
    }
    expect(reads.filter((isFresh) => isFresh)).toHaveLength(1);
  });

  it('is left open where the secret cannot be read again', async () => {
    const phonePe = await servePhonePe(() => completedOf('ANOTHER'));
    closers.push(phonePe.close);
    const { gateway } = createTestGateway(phonePe.url, {
      readCredentials: async ({ fresh }) => {
        if (fresh) throw new Error('down');
        return SECRET;
      },
    });
    expect(await gateway.orderStatus('MO-1', { timeoutMs: 2_000 })).toMatchObject({
      kind: 'unreachable',
      isAnswered: true,
    });
  });
});

describe('a question that failed', () => {
  it.each([
    ['5xx', { status: 500 }],
    ['429', { status: 429 }],
    ['408', { status: 408 }],
    ['a cut connection', reset],
    ['a cut answer', breakOff],
  ])('is repeated after %s', async (_title, fault: Reply) => {
    const { answer, calls } = await ask([fault, fault, completed]);
    expect(answer).toMatchObject({ kind: 'found' });
    expect(calls).toHaveLength(3);
  });

  it.each([
    [
      '5xx, also with a code for "unknown order"',
      { status: 500, body: { code: 'ORDER_NOT_FOUND' } },
    ],
    ['429', { status: 429 }],
    ['a cut connection', reset],
    ['an answer without end', endless],
  ])('is unreachable after three times %s', async (_title, fault: Reply) => {
    const { answer, calls } = await ask(fault);
    expect(answer).toMatchObject({ kind: 'unreachable' });
    expect(calls).toHaveLength(3);
  });

  it('takes no longer than it may, retries and all', async () => {
    const { answer } = await ask([{ status: 500 }, hang], 'MO-1', 300);
    expect(answer).toMatchObject({ kind: 'unreachable' });
  });

  it.each([
    ['no JSON', 'R999'],
    ['HTML', '<html></html>'],
    ['nothing', ''],
    ['no state', { amount: 100 }],
    ['no amount', { state: 'COMPLETED' }],
    ['an amount in rupees', { state: 'COMPLETED', amount: '299.00' }],
    ['a list', []],
  ])('is unreachable where the answer is unreadable: %s', async (_title, body) => {
    const { answer, calls } = await ask({ body });
    expect(answer).toEqual({ kind: 'unreachable', reason: 'unreadable answer', isAnswered: true });
    expect(calls).toHaveLength(1);
  });

  it('follows no redirect', async () => {
    const { answer, calls } = await ask((response) => {
      response.writeHead(302, { location: '/pg/elsewhere' });
      response.end();
    });
    expect(answer).toMatchObject({ kind: 'unreachable' });
    expect(calls).toHaveLength(1);
  });
});
