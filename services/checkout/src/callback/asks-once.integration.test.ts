import { awsFaults } from '@cloudnestle/runtime/testing/faults';
import { sampleCatalogue } from '@cloudnestle/test-kit/samples';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { failCalls } from '../testing/fail-calls.ts';
import { createReturnedOrders } from './returned-orders.ts';
import { type Returns, startReturns } from './testing/start-returns.ts';

let returns: Returns;
beforeAll(async () => {
  returns = await startReturns();
});
beforeEach(() => returns.reset());
afterAll(() => returns.stop());

const asked = () => returns.gateway.sandbox.calls.status;
const checkOf = (transactionId: string) => ({ operation: 'UpdateItem', target: transactionId });

test('twenty returns at once ask the gateway once and publish once', async () => {
  const row = await returns.place({}, { outcome: 'COMPLETED' });
  const before = asked();
  const instances = Array.from({ length: 4 }, () => returns.open());
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) => instances[index % 4]?.announce(row)),
  );
  const said = answers.map((answer) => answer?.body.status);
  expect(said.filter((status) => status === 'COMPLETED')).toHaveLength(1);
  expect(said.filter((status) => status === 'PENDING')).toHaveLength(19);
  expect(asked() - before).toBe(1);
  expect(returns.countPublished()).toBe(1);
  expect(await returns.findEvent(row)).toMatchObject({ 'detail-type': 'PaymentCompleted' });
});

test('a return whose claim loses its answer still asks, and asks once', async () => {
  const row = await returns.place({}, { outcome: 'COMPLETED' });
  const before = asked();
  const lost = failCalls(returns.cloud, checkOf(row.transactionId), awsFaults['loses its answer'], {
    times: 1,
  });
  const { announce } = returns.open();
  expect((await announce(row)).body.status).toBe('COMPLETED');
  expect((await announce(row)).body.status).toBe('PENDING');
  expect(lost()).toBe(1);
  expect(asked() - before).toBe(1);
});

test('within three seconds the row answers, after them the gateway is asked again', async () => {
  const row = await returns.place();
  const first = new Date('2025-11-23T09:01:00.000Z');
  const { platform, announce } = returns.open({ now: first });
  const askedAfterMs = async (ms: number) => {
    const before = asked();
    platform.setNow(new Date(first.getTime() + ms));
    await announce(row);
    return asked() - before;
  };
  expect(await askedAfterMs(0)).toBe(1);
  expect(await askedAfterMs(2999)).toBe(0);
  expect(await askedAfterMs(3000)).toBe(1);
  returns.gateway.sandbox.finish(row.merchantOrderId, { outcome: 'COMPLETED', webhook: 'lose' });
  expect(await askedAfterMs(5999)).toBe(0);
  expect(await askedAfterMs(6000)).toBe(1);
  expect(platform.summaries().map(({ outcome }) => outcome)).toEqual([
    'PENDING',
    'PENDING',
    'PENDING',
    'PENDING',
    'COMPLETED',
  ]);
});

test('asking leaves two marks on the row and changes nothing else', async () => {
  const row = await returns.place({}, { outcome: 'COMPLETED' });
  await returns.open({ now: new Date('2025-11-23T09:01:00.000Z') }).announce(row);
  expect(await returns.rowOf(row)).toEqual({
    ...row,
    statusCheckedAt: '2025-11-23T09:01:00.000Z',
    statusCheckedBy: expect.any(String),
  });
});

test('it costs one read, one write, one status call and one PutEvents', async () => {
  const { announce } = returns.open();
  await announce(await returns.place({}, { outcome: 'COMPLETED' }));
  const row = await returns.place({}, { outcome: 'COMPLETED' });
  const { status, token } = { ...returns.gateway.sandbox.calls };
  returns.cloud.cloud.calls.reset();
  await announce(row);
  expect(returns.cloud.cloud.calls.snapshot()).toEqual({
    'dynamodb:GetItem': 1,
    'dynamodb:UpdateItem': 1,
    'events:PutEvents': 1,
  });
  expect(returns.gateway.sandbox.calls.status - status).toBe(1);
  expect(returns.gateway.sandbox.calls.token - token).toBe(0);
});

test('a claim on an order that is not there fails, and makes no row of it', async () => {
  const { dynamo, topology } = returns.cloud;
  const orders = createReturnedOrders({
    dynamo,
    table: topology.tables.transactions.name,
    catalogue: sampleCatalogue,
    now: () => new Date(),
  });
  expect(await orders.claimCheck('txn_MP-gone-1', 'ask-1')).toBe(false);
  expect(await orders.find('txn_MP-gone-1')).toBeUndefined();
});

describe('a claim that cannot be written asks nobody: the answer is what the row says', () => {
  test.each([
    ['refused', awsFaults['is refused once']],
    ['failing', awsFaults['fails once']],
  ])('%s', async (_name, fault) => {
    const row = await returns.place({}, { outcome: 'COMPLETED' });
    const before = asked();
    failCalls(returns.cloud, checkOf(row.transactionId), fault);
    const { platform, announce } = returns.open();
    const { statusCode, body } = await announce(row);
    expect({ statusCode, status: body.status }).toEqual({ statusCode: 200, status: 'PENDING' });
    expect(asked()).toBe(before);
    expect(platform.summaries()[0]?.reason).toEqual(expect.any(String));
  });
});
