import type { HttpAnswer } from '@cloudnestle/payments/gateway-tools';
import { afterEach, describe, expect, it } from 'vitest';
import { createPhonePeGateway } from './create-gateway.ts';
import { createTestGateway, SECRET, servePhonePe, tokenReply } from './testing/phonepe-server.ts';
import { breakOff, hang, type Reply, reset } from './testing/serve.ts';

const REFUND = {
  merchantRefundId: 'MR-0123456789abcdef01234567',
  merchantOrderId: 'MP-test-uuid-123-1732356000-abc123',
  amountInPaisa: 29900,
};
const PATIENT = { timeoutMs: 60_000 };
const accepted = { refundId: 'OMR7878098045517540996', amount: 29900, state: 'PENDING' };
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

async function pay(reply: Reply, { timeoutMs = 60_000, refund = {} } = {}) {
  const phonePe = await servePhonePe(() => reply);
  closers.push(phonePe.close);
  const { gateway } = createTestGateway(phonePe.url);
  const answer = await gateway.refund({ ...REFUND, ...refund }, { timeoutMs });
  return { answer, calls: phonePe.apiCalls() };
}

describe('a refund', () => {
  it('is sent as PhonePe wants it, and comes back with its state and id', async () => {
    const { answer, calls } = await pay({ body: accepted });
    expect(answer).toEqual({
      kind: 'accepted',
      state: 'PENDING',
      gatewayState: 'PENDING',
      gatewayRefundId: 'OMR7878098045517540996',
    });
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({ method: 'POST', path: '/pg/payments/v2/refund' });
    expect(calls[0]?.headers).toMatchObject({
      authorization: 'O-Bearer token-1',
      'content-type': 'application/json',
    });
    expect(JSON.parse(calls[0]?.body ?? '')).toEqual({
      merchantRefundId: REFUND.merchantRefundId,
      originalMerchantOrderId: REFUND.merchantOrderId,
      amount: 29900,
    });
  });

  it.each([
    ['no id', { merchantRefundId: '' }],
    ['an id of 64 characters', { merchantRefundId: 'a'.repeat(64) }],
    ['an id with a dot', { merchantRefundId: 'MR.1' }],
    ['an id with a line break', { merchantRefundId: 'MR-1\n' }],
    ['no order', { merchantOrderId: '' }],
    ['99 paisa', { amountInPaisa: 99 }],
    ['a fraction of a paisa', { amountInPaisa: 100.5 }],
    ['no number', { amountInPaisa: Number.NaN }],
    ['more than a number can hold', { amountInPaisa: 2 ** 53 }],
  ])('of %s is refused here, and nothing is sent', async (_title, refund) => {
    const { answer, calls } = await pay({ body: accepted }, { refund });
    expect(answer).toEqual({
      kind: 'refused',
      code: 'INVALID_REFUND_REQUEST_FIELDS',
      isFinal: true,
    });
    expect(calls).toEqual([]);
  });

  it('of the least, and under the longest id, is sent', async () => {
    const refund = { merchantRefundId: 'A_-9'.repeat(15).padEnd(63, 'x'), amountInPaisa: 100 };
    const { answer } = await pay({ body: { ...accepted, amount: 100 } }, { refund });
    expect(answer).toMatchObject({ kind: 'accepted' });
  });
});

const bodies: [string, unknown, Record<string, unknown>][] = [
  ['CONFIRMED at once', { ...accepted, state: 'CONFIRMED' }, { state: 'CONFIRMED' }],
  ['COMPLETED at once', { ...accepted, state: 'COMPLETED' }, { state: 'COMPLETED' }],
  ['FAILED at once', { ...accepted, state: 'FAILED' }, { kind: 'accepted', state: 'FAILED' }],
  [
    'in a new word',
    { ...accepted, state: 'ON_HOLD' },
    { kind: 'accepted', state: 'OTHER', gatewayState: 'ON_HOLD' },
  ],
  ['with the amount as text', { ...accepted, amount: '29900' }, { kind: 'accepted' }],
  [
    'with our own id',
    { ...accepted, merchantRefundId: REFUND.merchantRefundId },
    { kind: 'accepted' },
  ],
  ['with a state only', { state: 'PENDING' }, { kind: 'accepted', gatewayState: 'PENDING' }],
  [
    'with its id as a number of 22 digits',
    '{"state":"PENDING","amount":29900,"refundId":7878098045517540996123}',
    { kind: 'accepted', gatewayRefundId: '7878098045517540996123' },
  ],
  [
    'with its id twice',
    '{"refundId":"OMR1","state":"PENDING","refundId":"OMR2"}',
    { kind: 'accepted', gatewayRefundId: 'OMR2' },
  ],
  [
    'over another amount, as a refund of before would be',
    { ...accepted, amount: 100 },
    { kind: 'unknown', reason: 'the answer names another amount' },
  ],
  [
    'about another refund',
    { ...accepted, merchantRefundId: 'MR-other' },
    { kind: 'unknown', reason: 'the answer names another refund' },
  ],
  ['without a state', { refundId: 'OMR1' }, { kind: 'unknown', reason: 'unreadable answer' }],
  ['with a state of no word', { state: '<b>' }, { kind: 'unknown', reason: 'unreadable answer' }],
  ['in HTML', '<html>', { kind: 'unknown', reason: 'unreadable answer' }],
  ['with nothing', '', { kind: 'unknown', reason: 'unreadable answer' }],
  ['with null', 'null', { kind: 'unknown', reason: 'unreadable answer' }],
];

describe('a refund that is answered with success', () => {
  it.each(bodies)('%s', async (_title, body, expected) => {
    expect((await pay({ body })).answer).toMatchObject(expected);
  });
});

const refusals: [string, number, unknown, Record<string, unknown>][] = [
  [
    'bad input, or a repeated id',
    400,
    { code: 'BAD_REQUEST' },
    { code: 'BAD_REQUEST', isFinal: false },
  ],
  [
    'too small a balance',
    400,
    { code: 'BAD_REQUEST', errorCode: 'REFUND_BREACHED', detailedErrorCode: 'BF_034' },
    { detailedCode: 'BF_034', obstacle: 'LOW_BALANCE', isFinal: false },
  ],
  [
    'too small a balance, told in the context',
    417,
    { code: 'EXPECTATION_FAILED', context: { errorCode: 'REFUND_BREACHED' } },
    { detailedCode: 'REFUND_BREACHED', obstacle: 'LOW_BALANCE', isFinal: false },
  ],
  [
    'more than is left',
    400,
    { errorCode: 'EXCESS_REFUND_AMOUNT' },
    { code: 'EXCESS_REFUND_AMOUNT', obstacle: 'TOO_MUCH', isFinal: false },
  ],
  [
    'past the 90 days',
    400,
    { code: 'REFUND_FOR_TXN_OLDER_THAN_LIMIT' },
    { obstacle: 'TOO_OLD', isFinal: true },
  ],
  [
    'never refundable',
    402,
    { code: 'REFUND_NOT_ALLOWED' },
    { obstacle: 'NOT_REFUNDABLE', isFinal: true },
  ],
  [
    'an order unknown there',
    400,
    { code: 'ORIGINAL_TXN_NOT_FOUND' },
    { obstacle: 'UNKNOWN_ORDER' },
  ],
  [
    'another one is under way',
    417,
    { code: 'PREVIOUS_ORDER_IN_PROGRESS' },
    { obstacle: 'ANOTHER_RUNNING', isFinal: false },
  ],
  ['a bare word', 400, 'R999', { code: 'R999', httpStatus: 400, isFinal: false }],
  [
    'a code of JavaScript’s own',
    400,
    { code: 'constructor' },
    { code: 'constructor', isFinal: false },
  ],
  ['HTML', 403, '<html>a@b</html>', { code: 'HTTP_403' }],
  ['conflict', 409, {}, { httpStatus: 409 }],
  ['the token twice', 401, {}, { httpStatus: 401, isFinal: false }],
];

describe('a refund that is refused says why, as far as PhonePe does', () => {
  it.each(refusals)('%s', async (_title, status, body, expected) => {
    const { answer } = await pay({ status, body });
    expect(answer).toMatchObject({ kind: 'refused', ...expected });
    if (!('obstacle' in expected)) expect(answer).not.toHaveProperty('obstacle');
  });
});

const faults: [string, Reply, Record<string, unknown>][] = [
  ['too many requests', { status: 429 }, { kind: 'unreachable', reason: '429 HTTP_429' }],
  ['redirected', { status: 302 }, { kind: 'unknown' }],
  ['request timeout', { status: 408 }, { kind: 'unknown', reason: '408 HTTP_408' }],
  ['error there', { status: 500, body: { code: 'INTERNAL_SERVER_ERROR' } }, { kind: 'unknown' }],
  ['overloaded', { status: 503 }, { kind: 'unknown', reason: '503 HTTP_503' }],
  ['cut before the answer', reset, { kind: 'unknown', reason: 'ECONNRESET' }],
  ['cut within the answer', breakOff, { kind: 'unknown' }],
];

describe('a refund that may or may not be there', () => {
  it.each(faults)('%s', async (_title, reply, expected) => {
    expect((await pay(reply)).answer).toMatchObject(expected);
  });

  it('no answer in time: unknown', async () => {
    const { answer } = await pay(hang, { timeoutMs: 300 });
    expect(answer).toEqual({ kind: 'unknown', reason: 'timed out' });
  });

  it('no server listens: unreachable', async () => {
    const phonePe = await servePhonePe(() => ({ body: accepted }));
    const { gateway } = createTestGateway(phonePe.url);
    await gateway.orderStatus('MO-1', PATIENT);
    await phonePe.close();
    expect(await gateway.refund(REFUND, PATIENT)).toEqual({
      kind: 'unreachable',
      reason: 'ECONNREFUSED',
    });
  });

  it('no token: unreachable, and nothing was asked for', async () => {
    const phonePe = await servePhonePe(
      () => ({ body: accepted }),
      () => ({ status: 400, body: { code: 'INVALID_CLIENT' } }),
    );
    closers.push(phonePe.close);
    const { gateway } = createTestGateway(phonePe.url);
    const answer = await gateway.refund(REFUND, PATIENT);
    expect(answer).toEqual({ kind: 'unreachable', reason: 'no token: 400 INVALID_CLIENT' });
    expect(phonePe.apiCalls()).toHaveLength(0);
  });
});

describe('a refund is sent once', () => {
  it.each([
    ['5xx', { status: 500 }],
    ['429', { status: 429 }],
    ['408', { status: 408 }],
    ['half an answer', breakOff],
  ])('also after %s', async (_title, reply: Reply) => {
    const { calls } = await pay(reply);
    expect(calls).toHaveLength(1);
  });

  it('except after a 401, which was not executed: the same body with a new token, and no third time', async () => {
    const phonePe = await servePhonePe(({ headers }) =>
      headers.authorization === 'O-Bearer token-1' ? { status: 401 } : { status: 500 },
    );
    closers.push(phonePe.close);
    const { gateway } = createTestGateway(phonePe.url);
    expect(await gateway.refund(REFUND, PATIENT)).toMatchObject({ kind: 'unknown' });
    const [first, ...others] = phonePe.apiCalls().map(({ body }) => body);
    expect(others).toEqual([first]);
  });

  it('on a connection of its own: one that idled and is cut makes no client send it again', async () => {
    const phonePe = await servePhonePe(({ method }) => (method === 'POST' ? reset : {}));
    closers.push(phonePe.close);
    const { gateway } = createTestGateway(phonePe.url);
    await gateway.orderStatus('MO-1', PATIENT);
    expect(phonePe.server.connections).toBe(1);
    const answer = await gateway.refund(REFUND, PATIENT);
    expect(answer).toEqual({ kind: 'unknown', reason: 'ECONNRESET' });
    expect(phonePe.server.connections).toBe(2);
    expect(phonePe.apiCalls().filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it('also after a thaw, with a token that was not frozen with the container', async () => {
    let nowMs = Date.UTC(2026, 10, 28);
    const sent: string[] = [];
    const frozen = new Promise<HttpAnswer>(() => {});
    let tokens = 0;
    const gateway = createPhonePeGateway({
      readCredentials: async () => SECRET,
      authUrl: 'https://phonepe.example/auth',
      baseUrl: 'https://phonepe.example/pg',
      now: () => new Date(nowMs),
      random: () => 0,
      send: async ({ method, url, headers }) => {
        if (!url.endsWith('/auth')) {
          sent.push(`${method} ${headers.authorization}`);
          return { kind: 'answered', status: 200, body: JSON.stringify(accepted) };
        }
        tokens += 1;
        if (tokens === 2) return frozen;
        const { body } = Object(tokenReply(tokens, new Date(nowMs)));
        return { kind: 'answered', status: 200, body: JSON.stringify(body) };
      },
    });
    await gateway.refund(REFUND, PATIENT);
    nowMs += 31 * 60_000;
    await gateway.refund(REFUND, PATIENT);
    await expect.poll(() => tokens).toBe(2);
    nowMs += 3_600_000;
    expect(await gateway.refund(REFUND, PATIENT)).toMatchObject({ kind: 'accepted' });
    expect(sent).toEqual([
      'POST O-Bearer token-1',
      'POST O-Bearer token-1',
      'POST O-Bearer token-3',
    ]);
  });
});
