import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { failCalls } from '../testing/fail-calls.ts';
import { type Instance, type Returns, startReturns } from './testing/start-returns.ts';

let returns: Returns;
beforeAll(async () => {
  returns = await startReturns();
});
beforeEach(() => returns.reset());
afterAll(() => returns.stop());

const MARKETPLACE = 'https://marketplace.example/payment/callback';
const down = { when: 'before', status: 400, errorType: 'AccessDeniedException' } as const;

/** A paid order is PENDING for a program, and a browser is sent on all the same. */
async function expectPending({ platform, announce, visit }: Instance) {
  const row = await returns.place({ source: 'search-app' }, { outcome: 'COMPLETED' });
  const called = await announce(row);
  expect(called).toMatchObject({ statusCode: 200, body: { success: true, status: 'PENDING' } });
  const other = await returns.place({ source: 'search-app' }, { outcome: 'COMPLETED' });
  const visited = await visit({ transactionId: other.transactionId });
  expect(visited.statusCode).toBe(303);
  expect(visited.headers.location).toBe(
    `https://search.example/paid?transactionId=${other.transactionId}`,
  );
  expect(platform.summaries()).toEqual([
    expect.objectContaining({ outcome: 'PENDING', reason: expect.any(String) }),
    expect.objectContaining({ outcome: 'redirected: PENDING', reason: expect.any(String) }),
  ]);
  expect(platform.counted('PaymentCompletedPublished')).toBe(0);
}

describe('the gateway gives no answer: PENDING, and no error', () => {
  test.each([
    ['an error of its own', { kind: 'status', status: 500 }],
    ['too many requests', { kind: 'status', status: 429 }],
    ['a cut connection', { kind: 'reset' }],
    ['half an answer', { kind: 'malformed' }],
  ] as const)('%s', async (_name, fault) => {
    returns.gateway.sandbox.faults.set([{ operation: 'status', count: null, ...fault }]);
    await expectPending(returns.open());
  });

  test('no server listens', () =>
    expectPending(returns.open({ gatewayUrl: 'http://127.0.0.1:1' })));

  test('a failed order stays FAILED meanwhile', async () => {
    const row = await returns.place({ status: 'FAILED', failureReason: 'EXPIRED' });
    const { announce } = returns.open({ gatewayUrl: 'http://127.0.0.1:1' });
    expect(await announce(row)).toMatchObject({ statusCode: 200, body: { status: 'FAILED' } });
  });
});

describe('the bus takes no event: PENDING, so that no page counts on it yet', () => {
  test.each([
    ['it fails the entry', { partialFailure: true }],
    ['it is out of order', down],
  ] as const)('%s', async (_name, fault) => {
    returns.cloud.cloud.intercept((call) => (call.operation === 'PutEvents' ? fault : undefined));
    await expectPending(returns.open());
  });

  test('and the next return, a few seconds later, publishes it', async () => {
    const row = await returns.place({}, { outcome: 'COMPLETED' });
    const now = new Date('2025-11-23T09:01:00.000Z');
    const { platform, announce } = returns.open({ now });
    returns.cloud.cloud.intercept((call) =>
      call.operation === 'PutEvents' ? { partialFailure: true } : undefined,
    );
    expect((await announce(row)).body.status).toBe('PENDING');
    returns.cloud.cloud.intercept(undefined);
    platform.setNow(new Date(now.getTime() + 3000));
    expect((await announce(row)).body.status).toBe('COMPLETED');
    expect(await returns.findEvent(row)).toMatchObject({ 'detail-type': 'PaymentCompleted' });
  });
});

describe('our own table cannot be read', () => {
  test('a program gets 503 with Retry-After', async () => {
    const row = await returns.place({}, { outcome: 'COMPLETED' });
    failCalls(returns.cloud, { operation: 'GetItem', target: row.transactionId }, down);
    const { platform, announce } = returns.open();
    const answer = await announce(row);
    expect(answer).toMatchObject({ statusCode: 503, body: { error: { code: 'TRY_AGAIN' } } });
    expect(answer.headers['retry-after']).toBe('2');
    expect(platform.summaries()[0]).toMatchObject({
      outcome: 'TRY_AGAIN',
      transactionId: row.transactionId,
      reason: expect.stringContaining('AccessDenied'),
    });
  });

  test('a browser is sent to the first frontend’s page, which can say that it cannot ask', async () => {
    const row = await returns.place({ source: 'search-app' }, { outcome: 'COMPLETED' });
    failCalls(returns.cloud, { operation: 'GetItem', target: row.transactionId }, down);
    const { platform, visit } = returns.open();
    const answer = await visit({ transactionId: row.transactionId });
    expect(answer.statusCode).toBe(303);
    expect(answer.headers.location).toBe(`${MARKETPLACE}?transactionId=${row.transactionId}`);
    expect(platform.summaries()[0]).toMatchObject({ outcome: 'redirected: unavailable' });
  });

  test('once, and the answer is the same', async () => {
    const row = await returns.place({}, { outcome: 'COMPLETED' });
    const fault = { when: 'before', status: 500, errorType: 'InternalServerError' } as const;
    const target = { operation: 'GetItem', target: row.transactionId };
    const met = failCalls(returns.cloud, target, fault, { times: 1 });
    expect((await returns.open().announce(row)).body.status).toBe('COMPLETED');
    expect(met()).toBe(1);
  });
});

test('an unreadable row is 500 for a program, without its contents, and a page for a browser', async () => {
  const transactionId = 'txn_broken';
  await returns.cloud.put('transactions', { transactionId, userEmail: 'who@ever.example' });
  const { platform, call, visit } = returns.open();
  const called = await call({ body: { transactionId } });
  expect(called).toMatchObject({ statusCode: 500, body: { error: { code: 'INTERNAL_ERROR' } } });
  const visited = await visit({ transactionId });
  expect(visited.headers.location).toBe(`${MARKETPLACE}?transactionId=${transactionId}`);
  expect(JSON.stringify([called, visited, platform.lines])).not.toMatch(/\w@\w/);
});
