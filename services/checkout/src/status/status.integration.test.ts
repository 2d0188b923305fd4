import { errorBodySchema } from '@cloudnestle/contracts/http/error';
import { paymentStatusResponseSchema } from '@cloudnestle/contracts/http/payment-status';
import type { TransactionItem } from '@cloudnestle/contracts/items/transaction';
import { createFakePlatform } from '@cloudnestle/runtime/testing/fake-platform';
import { invokeHttp } from '@cloudnestle/runtime/testing/invoke';
import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import { testEnvironment } from '@cloudnestle/test-kit/function-environment';
import { planOf, sampleRow } from '@cloudnestle/test-kit/samples';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { buildHandler } from './composition.ts';

const SOLUTION = 'aws-solution-finder';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterEach(() => cloud.cloud.intercept(undefined));
afterAll(() => cloud.stop());

test('an open order is PENDING, with ids and amount, and is worth asking again in a second', async () => {
  const buyer = await addBuyer({});
  const row = await addOrder(buyer, { createdAt: new Date().toISOString() });
  const { statusCode, body } = await ask(row.transactionId);
  expect(statusCode).toBe(200);
  expect(paymentStatusResponseSchema.parse(body)).toEqual({
    success: true,
    transactionId: row.transactionId,
    merchantOrderId: row.merchantOrderId,
    phonepeOrderId: row.phonepeOrderId,
    status: 'PENDING',
    amount: 299,
    amountInPaisa: 29_900,
    currency: 'INR',
    tier: 'pro',
    message: expect.any(String),
    access: 'PENDING',
    retryAfterMs: 1000,
  });
});

test('an open order costs one read, a paid one three', async () => {
  const buyer = await addBuyer({});
  const open = await addOrder(buyer, {});
  const paid = await addOrder(buyer, { status: 'COMPLETED' });
  cloud.cloud.calls.reset();
  await ask(open.transactionId);
  expect(cloud.cloud.calls.snapshot()).toEqual({ 'dynamodb:GetItem': 1 });
  cloud.cloud.calls.reset();
  await ask(paid.transactionId);
  expect(cloud.cloud.calls.snapshot()).toEqual({
    'dynamodb:GetItem': 2,
    'dynamodb:BatchGetItem': 1,
  });
});

test('a failed order is FAILED and not worth asking again', async () => {
  const row = await addOrder(await addBuyer({}), { status: 'FAILED', failureReason: 'DECLINED' });
  const { body } = await ask(row.transactionId);
  expect(body).toMatchObject({ status: 'FAILED', access: 'PENDING', retryAfterMs: 0 });
});

test('a row of the replaced system, without plan and milliseconds, can be asked about', async () => {
  const buyer = await addBuyer({});
  const { plan, currency, history, ...old } = sampleRow({ userId: buyer.userId });
  await cloud.put('transactions', { ...old, createdAt: '2025-11-23T09:00:00Z' });
  const { statusCode, body } = await ask(old.transactionId);
  expect(statusCode).toBe(200);
  expect(body).toMatchObject({ amount: 299, status: 'PENDING' });
});

describe('a paid order says GRANTED only when the buyer has everything', () => {
  const pro = { access_tier: 'pro', status: 'active' };
  const registered = { access_tier: 'registered', status: 'active' };

  test.each<[string, Buyer, string, number]>([
    ['user and both records', { tier: 'pro', uuid: pro, email: pro }, 'GRANTED', 0],
    ['user and the record by id', { tier: 'pro', uuid: pro }, 'GRANTED', 0],
    ['user and the record by email', { tier: 'pro', email: pro }, 'GRANTED', 0],
    ['the user not yet', { tier: 'registered', uuid: pro, email: pro }, 'PENDING', 1000],
    ['the record by id not yet', { tier: 'pro', uuid: registered, email: pro }, 'PENDING', 1000],
    ['the record by email not yet', { tier: 'pro', uuid: pro, email: registered }, 'PENDING', 1000],
    [
      'a tier that the catalogue does not know',
      { tier: 'campus', uuid: { access_tier: 'campus', status: 'active' } },
      'GRANTED',
      0,
    ],
    ['no record yet', { tier: 'pro' }, 'PENDING', 1000],
    [
      'a record that an operator suspended',
      { tier: 'pro', uuid: { ...pro, status: 'suspended' } },
      'PENDING',
      0,
    ],
  ])('%s', async (_name, has, access, retryAfterMs) => {
    const buyer = await addBuyer(has);
    const row = await addOrder(buyer, { status: 'COMPLETED' });
    const { body } = await ask(row.transactionId);
    expect(body).toMatchObject({ status: 'COMPLETED', access, retryAfterMs });
  });

  test('a record under the email’s other spelling counts, and none under an email the user took later', async () => {
    const buyer = await addBuyer({ tier: 'pro', email: registered });
    const row = await addOrder(buyer, {
      status: 'COMPLETED',
      userEmail: buyer.email.toUpperCase(),
    });
    expect((await ask(row.transactionId)).body.access).toBe('PENDING');
    await addRecord(buyer.email, pro);
    expect((await ask(row.transactionId)).body.access).toBe('GRANTED');
    const before = await addOrder(buyer, { status: 'COMPLETED', userEmail: 'old@before.example' });
    expect((await ask(before.transactionId)).body.access).toBe('PENDING');
    await addRecord('old@before.example', pro);
    expect((await ask(before.transactionId)).body.access).toBe('GRANTED');
  });

  test('an order whose access was taken back says so and is not worth asking again', async () => {
    const buyer = await addBuyer({ tier: 'pro', uuid: pro });
    const row = await addOrder(buyer, {
      status: 'COMPLETED',
      accessRevokedAt: '2025-11-24T00:00:00.000Z',
    });
    const { body } = await ask(row.transactionId);
    expect(body).toMatchObject({ status: 'COMPLETED', access: 'ENDED', retryAfterMs: 0 });
  });

  test('a pass is GRANTED until its end and ENDED from then on, while the tiers still trail behind', async () => {
    const plan = planOf('basic-monthly');
    const row = sampleRow({ plan, tier: plan.tier, status: 'COMPLETED' });
    const askWith = async (days: number) => {
      const at = new Date(Date.now() - days * 86_400_000).toISOString();
      const grants = { [row.transactionId]: { tier: 'basic', at, months: 1 } };
      const basic = { access_tier: 'basic', baseTier: 'registered', grants };
      const buyer = await addBuyer({ tier: 'basic', uuid: basic, user: { grants } });
      await cloud.put('transactions', { ...row, userId: buyer.userId, userEmail: buyer.email });
      return (await ask(row.transactionId)).body;
    };
    expect(await askWith(20)).toMatchObject({ access: 'GRANTED', tier: 'basic' });
    expect(await askWith(40)).toMatchObject({ access: 'ENDED', retryAfterMs: 0 });
  });
});

test('nothing in the answer or the log says who the buyer is or how they paid', async () => {
  const buyer = await addBuyer({
    tier: 'pro',
    uuid: { access_tier: 'pro', token: 'tok_perm_abc' },
  });
  const row = await addOrder(buyer, {
    status: 'COMPLETED',
    vpa: 'buyer@paytm',
    utr: '123456789012',
    upi_transaction_id: 'UPI-4711',
  });
  const { platform, body } = await ask(row.transactionId);
  const said = JSON.stringify([body, platform.lines]);
  expect(said).not.toMatch(/\w@\w|123456789012|UPI-4711|tok_perm/);
  expect(platform.summaries()).toEqual([
    expect.objectContaining({ unit: 'paymentStatus', transactionId: row.transactionId }),
  ]);
});

test('an unknown order is 404 ORDER_NOT_FOUND', async () => {
  const { statusCode, body } = await ask('txn_MP-unknown-1732356000-abcdef');
  expect(statusCode).toBe(404);
  expect(errorBodySchema.parse(body).error.code).toBe('ORDER_NOT_FOUND');
});

test.each(['MP-1', 'txn_', 'txn_a b', `txn_${'x'.repeat(64)}`, undefined])(
  'the malformed id %s is 400 and reads nothing',
  async (transactionId) => {
    cloud.cloud.calls.reset();
    const { statusCode, body } = await ask(transactionId);
    expect(statusCode).toBe(400);
    expect(errorBodySchema.parse(body).error.fields?.[0]?.field).toBe('transactionId');
    expect(cloud.cloud.calls.list()).toEqual([]);
  },
);

test('an unreadable row is 500, without its contents', async () => {
  await cloud.put('transactions', { transactionId: 'txn_broken', userEmail: 'who@ever.example' });
  const { statusCode, body, platform } = await ask('txn_broken');
  expect(statusCode).toBe(500);
  expect(JSON.stringify([body, platform.lines])).not.toMatch(/\w@\w/);
});

test('a table that is down once is not noticed, one that stays down is 503 with Retry-After', async () => {
  const buyer = await addBuyer({});
  const { transactionId } = await addOrder(buyer, {});
  let left = 1;
  cloud.cloud.intercept(() =>
    left-- > 0 ? { when: 'before', status: 500, errorType: 'InternalServerError' } : undefined,
  );
  expect((await ask(transactionId)).statusCode).toBe(200);
  left = Number.POSITIVE_INFINITY;
  const answer = await ask(transactionId);
  expect(answer.statusCode).toBe(503);
  expect(answer.headers['retry-after']).toBe('2');
});

interface Buyer {
  tier?: string;
  uuid?: Record<string, unknown>;
  email?: Record<string, unknown>;
  /** What else the user's row says. */
  user?: Record<string, unknown>;
}

let buyers = 0;

async function addBuyer({ tier = 'registered', uuid, email: byEmail, user }: Buyer) {
  buyers += 1;
  const userId = `status-${buyers}`;
  const email = `${userId}@buyers.example`;
  await cloud.put('users', { userId, email, subscriptionTier: tier, ...user });
  if (uuid) await addRecord(userId, uuid);
  if (byEmail) await addRecord(email, byEmail);
  return { userId, email };
}

function addRecord(owner: string, attributes: Record<string, unknown>) {
  return cloud.put('entitlements', {
    pk: `user#${owner}`,
    sk: `solution#${SOLUTION}`,
    ...attributes,
  });
}

async function addOrder(
  buyer: { userId: string; email: string },
  change: Partial<TransactionItem>,
): Promise<TransactionItem> {
  const row = sampleRow({ userId: buyer.userId, userEmail: buyer.email, ...change });
  await cloud.put('transactions', row);
  return row;
}

async function ask(transactionId: string | undefined) {
  const platform = createFakePlatform();
  const handler = buildHandler(testEnvironment(cloud, 'paymentStatus'), platform);
  const answer = await invokeHttp(handler, {
    method: 'GET',
    path: `/payments/status/${transactionId}`,
    ...(transactionId === undefined ? {} : { pathParameters: { transactionId } }),
  });
  return { ...answer, platform };
}
