import { buildContext, invokeSchedule } from '@cloudnestle/runtime/testing/invoke';
import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import { testEnvironment } from '@cloudnestle/test-kit/function-environment';
import { type RunningSandbox, startTestGateway } from '@cloudnestle/test-kit/gateway';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildHandler } from './composition.ts';
import { createSubject, type Subject } from './testing/subject.ts';

let cloud: TestCloud;
let gateway: RunningSandbox;
let subject: Subject;

beforeAll(async () => {
  cloud = await startTestCloud();
  gateway = await startTestGateway(cloud);
});
beforeEach(async () => {
  cloud.cloud.intercept(undefined);
  gateway.sandbox.faults.clear();
  subject = createSubject(cloud, gateway);
  await cloud.receive('reconciliation', 'queue');
  for (const transactionId of orders.splice(0)) {
    await subject.change(transactionId, { openShard: 'CLOSED' });
  }
});
afterAll(async () => {
  await gateway.close();
  await cloud.stop();
});

const NOW = '2025-11-23T09:01:00.000Z';
const NEXT = '2025-11-23T09:02:00.000Z';
const orders: string[] = [];

/** Paid orders whose webhooks were lost. */
async function addPaid(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const { merchantOrderId, transactionId } = await subject.addOrder();
    gateway.sandbox.finish(merchantOrderId, { outcome: 'COMPLETED', webhook: 'lose' });
    ids.push(transactionId);
  }
  orders.push(...ids);
  return ids;
}

it('settles many orders in one run, through the index of open orders alone', async () => {
  await addPaid(40);
  cloud.cloud.calls.reset();
  expect(await subject.sweep(NOW)).toEqual({
    due: 40,
    settled: 40,
    failed: 0,
    expired: 0,
    reminded: 0,
    ended: 0,
    repaired: 0,
    parked: 0,
    errors: 0,
    outcome: 'done',
  });
  const { 'secretsmanager:GetSecretValue': _secret, ...calls } = cloud.cloud.calls.snapshot();
  // A claim, an event, how often it was published: no read of a row, and no scan.
  expect(Object.keys(calls).sort()).toEqual([
    'dynamodb:Query',
    'dynamodb:UpdateItem',
    'events:PutEvents',
  ]);
});

it('asks about each order once, however many runs overlap', async () => {
  await addPaid(12);
  const before = gateway.sandbox.calls.status;
  const runs = await Promise.all([subject.sweep(NOW), subject.sweep(NOW), subject.sweep(NOW)]);
  expect(runs.reduce((sum, { settled }) => sum + settled, 0)).toBe(12);
  expect(gateway.sandbox.calls.status).toBe(before + 12);
});

it.each([
  ['the claim', 1],
  ['the end of the claim', 2],
])('does its work although the answer to %s is lost', async (_which, nth) => {
  const { transactionId } = await subject.addOrder({ expiresAt: '2025-11-22T09:30:00.000Z' });
  orders.push(transactionId);
  let updates = 0;
  cloud.cloud.intercept((call) => {
    if (call.operation !== 'UpdateItem') return undefined;
    updates += 1;
    return updates === nth ? { when: 'after', reset: true } : undefined;
  });
  expect(await subject.sweep(NOW)).toMatchObject({ due: 1, errors: 0 });
  expect(updates).toBe(3);
  // A day past its expiry a pending order is asked about more rarely.
  const next = String((await subject.row(transactionId))?.nextCheckAt);
  expect(next > '2025-11-23T11:00:00.000Z').toBe(true);
});

it('brings an order back at the next run that a crashed run had claimed', async () => {
  const [transactionId = ''] = await addPaid(1);
  cloud.cloud.intercept((call) =>
    call.operation === 'PutEvents' ? { when: 'before', reset: true } : undefined,
  );
  expect(await subject.sweep(NOW)).toMatchObject({ settled: 0, errors: 1 });
  cloud.cloud.intercept(undefined);
  expect(await subject.row(transactionId)).toMatchObject({ status: 'PENDING' });
  expect(await subject.sweep(NEXT)).toMatchObject({ settled: 1, errors: 0 });
});

describe('what goes wrong with one order', () => {
  it('does not stop the others', async () => {
    const [broken = ''] = await addPaid(8);
    cloud.cloud.intercept((call) =>
      call.operation === 'UpdateItem' && JSON.stringify(call.body).includes(broken)
        ? { when: 'before', status: 400, errorType: 'ValidationException', message: 'odd item' }
        : undefined,
    );
    expect(await subject.sweep(NOW)).toMatchObject({ due: 8, settled: 7, errors: 1 });
    expect(subject.platform.lines).toContainEqual({
      level: 'warn',
      message: 'swept',
      fields: { transactionId: broken, outcome: 'errors', reason: expect.stringContaining('odd') },
    });
  });
});

describe('a gateway in trouble', () => {
  it('that answers nothing is asked less and less, and the next run settles everything', async () => {
    await addPaid(25);
    gateway.sandbox.faults.set([{ operation: 'status', kind: 'status', status: 503, count: null }]);
    const before = gateway.sandbox.calls.status;
    const startedAt = performance.now();
    expect(await subject.sweep(NOW)).toMatchObject({ due: 25, settled: 0, errors: 25 });
    // Ten at once, then a pause of one second, ten more, two seconds, and the rest; each tried three times.
    expect(performance.now() - startedAt).toBeGreaterThan(3000);
    expect(gateway.sandbox.calls.status - before).toBeLessThanOrEqual(25 * 3);
    gateway.sandbox.faults.clear();
    expect(await subject.sweep(NEXT)).toMatchObject({ due: 25, settled: 25 });
  });

  it('that says 429 is waited for, and then asked on', async () => {
    await addPaid(3);
    // Three tries make one question.
    gateway.sandbox.faults.set([{ operation: 'status', kind: 'status', status: 429, count: 3 }]);
    const summary = await subject.sweep();
    expect(summary).toMatchObject({ due: 3, outcome: 'done' });
    expect(summary.settled + summary.errors).toBe(3);
    expect(summary.settled).toBeGreaterThanOrEqual(2);
  });
});

it('goes on where the gateway answers some questions in an unreadable way', async () => {
  await addPaid(30);
  gateway.sandbox.faults.set([{ operation: 'status', kind: 'malformed', count: 20 }]);
  expect(await subject.sweep(NOW)).toMatchObject({ settled: 10, errors: 20, outcome: 'done' });
});

it('asks an operator at once about an order that no event can carry', async () => {
  const { transactionId } = await subject.addOrder(
    { userId: 'user with space' },
    { gateway: false },
  );
  expect(await subject.sweep(NOW)).toMatchObject({ due: 1, parked: 1, errors: 0 });
  expect(await subject.attention(transactionId)).toMatchObject([
    { reason: 'NO_OUTCOME', detail: expect.stringContaining('userId') },
  ]);
});

it('ends in time and leaves the rest for the next run', async () => {
  await addPaid(3);
  expect(await subject.sweep(NOW, { timeoutMs: 5000 })).toMatchObject({
    settled: 0,
    outcome: 'out of time',
  });
  expect(await subject.sweep(NOW)).toMatchObject({ settled: 3, outcome: 'done' });
});

it('says how far it is', async () => {
  await addPaid(5);
  const progress: { found: number; done: number }[] = [];
  await subject.sweep(NOW, { onProgress: (each) => progress.push(each) });
  expect(progress[0]).toEqual({ found: 5, done: 0 });
  expect(progress.at(-1)).toEqual({ found: 5, done: 5 });
});

it('writes one summary of each run as log line and metrics, with ids of orders and nothing of people', async () => {
  const [transactionId = ''] = await addPaid(1);
  const { platform } = subject;
  platform.setNow(new Date(NOW));
  const environment = testEnvironment(cloud, 'sweep', { gatewayUrl: gateway.apiUrl });
  await invokeSchedule(buildHandler(environment, platform), buildContext({ timeoutMs: 50_000 }));
  expect(platform.summaries()).toEqual([
    {
      unit: 'sweep',
      outcome: 'done',
      requestId: expect.any(String),
      durationMs: expect.any(Number),
      due: 1,
      settled: 1,
      failed: 0,
      expired: 0,
      reminded: 0,
      ended: 0,
      repaired: 0,
      parked: 0,
      errors: 0,
    },
  ]);
  expect(platform.counted('SweepFinished')).toBe(1);
  expect(platform.counted('SweepSettled')).toBe(1);
  const said = JSON.stringify(platform.lines);
  expect(said).toContain(transactionId);
  expect(said).not.toMatch(/@|utr|vpa/i);
});

it.each(['OpenOrdersIndex', 'AttentionIndex'])(
  'fails where %s cannot be read, so that an alarm can see it',
  async (index) => {
    cloud.cloud.intercept((call) =>
      call.operation === 'Query' && JSON.stringify(call.body).includes(index)
        ? { when: 'before', status: 400, errorType: 'ResourceNotFoundException', message: 'gone' }
        : undefined,
    );
    await expect(subject.sweep(NOW)).rejects.toThrow('gone');
  },
);

it('settles what is due although the orders that need an operator cannot be counted', async () => {
  const [transactionId = ''] = await addPaid(1);
  cloud.cloud.intercept((call) =>
    call.operation === 'Query' && JSON.stringify(call.body).includes('AttentionIndex')
      ? { when: 'before', status: 400, errorType: 'ResourceNotFoundException', message: 'gone' }
      : undefined,
  );
  await expect(subject.sweep(NOW)).rejects.toThrow('gone');
  expect(subject.platform.counted('SweepSettled')).toBe(1);
  expect(subject.platform.gauged('AttentionMismatch')).toBeUndefined();
  expect(await subject.row(transactionId)).toMatchObject({ outcomesPublished: 1 });
});
