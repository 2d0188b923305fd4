import { reconcileOrderResponseSchema } from '@cloudnestle/contracts/http/reconciliation';
import { connectOperations } from '@cloudnestle/operations/connect-operations';
import { readRange } from '@cloudnestle/operations/orders-by-day';
import { reconcileRange } from '@cloudnestle/operations/reconcile/reconcile-range';
import { raiseAttention, readAttention } from '@cloudnestle/payments/attention/attention';
import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import { testEnvironment } from '@cloudnestle/test-kit/function-environment';
import { type RunningSandbox, startTestGateway } from '@cloudnestle/test-kit/gateway';
import { waitFor } from '@cloudnestle/test-kit/wait-for';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { adminClaims, createSubject, type Subject } from './testing/subject.ts';

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
});
afterAll(async () => {
  await gateway.close();
  await cloud.stop();
});

/** Asks about one order as an admin and reads the answer by its contract. */
async function reconcile(transactionId: string) {
  const { statusCode, body } = await subject.ask({ transactionId });
  expect(statusCode).toBe(200);
  return reconcileOrderResponseSchema.parse(body);
}
const publishedNow = async () =>
  (await cloud.receive('reconciliation', 'queue')).map(({ Body = '{}' }) => {
    return (JSON.parse(Body) as { 'detail-type': string })['detail-type'];
  });
const publishedSoon = () =>
  waitFor('an event on the bus', async () => {
    const types = await publishedNow();
    return types.length > 0 && types;
  });
const completed = { status: 'COMPLETED', completedAt: '2025-11-23T09:10:00.000Z' } as const;

describe('who may ask', () => {
  it.each([
    ['nobody', null, 401, 'UNAUTHENTICATED'],
    ['somebody who is no admin', { 'cognito:groups': '[sellers]' }, 403, 'FORBIDDEN'],
    ['somebody without any group', { 'cognito:groups': '' }, 403, 'FORBIDDEN'],
    ['an access token in place of an id token', { token_use: 'access' }, 401, 'UNAUTHENTICATED'],
    ['a token of another client', { aud: 'other' }, 401, 'UNAUTHENTICATED'],
  ])('not %s: nothing is read, asked or published', async (_who, changes, statusCode, code) => {
    const { transactionId } = await subject.addOrder({}, { isPaid: true });
    cloud.cloud.calls.reset();
    const answer = await subject.ask({ transactionId }, changes && { ...adminClaims, ...changes });
    expect(answer).toMatchObject({ statusCode, body: { success: false, error: { code } } });
    expect(cloud.cloud.calls.list()).toEqual([]);
  });

  it('is an admin with an access token where the stage says so, and then none with an id token', async () => {
    const { transactionId } = await subject.addOrder();
    const access = createSubject(cloud, gateway, { ADMIN_TOKEN_USE: 'access' });
    const { aud: client_id, ...claims } = adminClaims;
    const token = { ...claims, token_use: 'access', client_id };
    expect((await access.ask({ transactionId }, token)).statusCode).toBe(200);
    expect((await access.ask({ transactionId }, adminClaims)).statusCode).toBe(401);
  });

  it('is named in the log by id', async () => {
    const { transactionId } = await subject.addOrder();
    await subject.ask({ transactionId });
    expect(subject.platform.summaries()).toEqual([
      expect.objectContaining({ unit: 'reconcile', actor: 'admin-1', transactionId }),
    ]);
    expect(JSON.stringify(subject.platform.lines)).not.toMatch(/@/);
  });
});

describe('what it asks for', () => {
  it.each([
    ['no order', {}, 'transactionId'],
    ['something that is no id', { transactionId: 'MP-1' }, 'transactionId'],
    ['an unknown action', { action: 'drop_tables' }, 'action'],
    ['a report without its dates', { action: 'generate_report' }, 'startDate'],
  ])('must make sense: %s is a 400 that says so', async (_what, body, field) => {
    expect(await subject.ask(body)).toMatchObject({
      statusCode: 400,
      body: {
        error: {
          code: 'INVALID_REQUEST',
          fields: expect.arrayContaining([expect.objectContaining({ field })]),
        },
      },
    });
  });

  it('may be an order that is not ours: 404', async () => {
    const answer = await subject.ask({ transactionId: 'txn_MP-nobody' });
    expect(answer).toMatchObject({ statusCode: 404, body: { error: { code: 'ORDER_NOT_FOUND' } } });
  });
});

describe('one order', () => {
  it('that was paid and never recorded is published, and the answer says all of it', async () => {
    const { transactionId, merchantOrderId } = await subject.addOrder({}, { isPaid: true });
    expect(await reconcile(transactionId)).toEqual({
      success: true,
      transactionId,
      merchantOrderId,
      marketplace: { status: 'PENDING', amountInPaisa: 29_900, attention: [] },
      gateway: {
        status: 'COMPLETED',
        state: 'COMPLETED',
        amountInPaisa: 29_900,
        completedAt: expect.any(String),
      },
      published: { detailType: 'PaymentCompleted', eventId: expect.stringMatching(/^evt_/) },
      access: null,
      review: 'NONE',
      discrepancies: ['NOT_RECORDED'],
    });
    expect(await publishedSoon()).toEqual(['PaymentCompleted']);
  });

  it('on which everybody agrees is only reported', async () => {
    const buyer = await subject.addBuyer('pro');
    const { transactionId } = await subject.addOrder({ ...buyer, ...completed }, { isPaid: true });
    expect(await reconcile(transactionId)).toMatchObject({
      published: null,
      access: { user: 'held', recordByUserId: 'held', recordByEmail: 'held', agrees: true },
      discrepancies: [],
    });
    expect(await publishedNow()).toEqual([]);
  });

  it('whose buyer does not hold what was paid for is published again', async () => {
    const buyer = await subject.addBuyer('pro');
    await cloud.put('users', {
      userId: buyer.userId,
      email: buyer.userEmail,
      subscriptionTier: 'registered',
    });
    const { transactionId } = await subject.addOrder({ ...buyer, ...completed }, { isPaid: true });
    expect(await reconcile(transactionId)).toMatchObject({
      published: { detailType: 'PaymentCompleted' },
      access: { user: 'behind', recordByUserId: 'held', recordByEmail: 'held', agrees: false },
      discrepancies: ['ACCESS_MISSING'],
    });
    expect(await publishedSoon()).toEqual(['PaymentCompleted']);
  });

  it('whose access was taken back stays so', async () => {
    const buyer = await subject.addBuyer('registered');
    const accessRevokedAt = '2025-11-24T09:10:00.000Z';
    const { transactionId } = await subject.addOrder(
      { ...buyer, ...completed, accessRevokedAt },
      { isPaid: true },
    );
    expect(await reconcile(transactionId)).toMatchObject({
      marketplace: { accessRevokedAt },
      published: null,
      discrepancies: [],
    });
  });

  it('that the gateway does not know has expired once nobody can pay it any more', async () => {
    const { transactionId } = await subject.addOrder({}, { gateway: false });
    expect(await reconcile(transactionId)).toMatchObject({
      gateway: { status: 'NOT_FOUND', failureReason: 'EXPIRED' },
      published: { detailType: 'PaymentFailed' },
    });
  });

  it('that is paid here and not there is nobody’s to decide but a person’s', async () => {
    const buyer = await subject.addBuyer('pro');
    const { transactionId } = await subject.addOrder({ ...buyer, ...completed });
    expect(await reconcile(transactionId)).toMatchObject({
      gateway: { status: 'PENDING' },
      published: null,
      discrepancies: ['CONTRADICTION'],
    });
  });

  it.each([
    ['the gateway', 'status'],
    ['the bus', 'bus'],
  ])('is answered 503 while %s does not answer, and nothing is changed', async (_what, which) => {
    const { transactionId, ...row } = await subject.addOrder({}, { isPaid: true });
    if (which === 'bus') {
      cloud.cloud.intercept((call) =>
        call.operation === 'PutEvents' ? { partialFailure: true } : undefined,
      );
    } else {
      gateway.sandbox.faults.set([{ operation: 'status', kind: 'status', count: null }]);
    }
    const answer = await subject.ask({ transactionId });
    expect(answer).toMatchObject({
      statusCode: 503,
      headers: { 'retry-after': '30' },
      body: { error: { code: 'GATEWAY_UNAVAILABLE' } },
    });
    expect(await subject.row(transactionId)).toEqual({ transactionId, ...row });
  });
});

describe('an order that needs a person', () => {
  type Reason = 'MISMATCH' | 'NO_OUTCOME' | 'EFFECTS_MISSING' | 'DISPUTE';
  const since = '2025-11-23T09:05:00.000Z';
  const misfit = "the gateway's answer does not fit this order: COMPLETED over 100 paisa";
  /** As the sweep leaves an order to a person: out of its own sight. */
  const addWaiting = async (reason: Reason, ...[changes, at]: Parameters<Subject['addOrder']>) => {
    const row = await subject.addOrder(changes, at);
    const { openShard: _o, nextCheckAt: _n, ...parked } = row;
    const attributes = raiseAttention(parked, { reason, at: since }, { shardCount: 1 });
    const item = Object.entries({ ...parked, ...attributes }).filter(([, value]) => value);
    await cloud.put('transactions', Object.fromEntries(item));
    return row.transactionId;
  };
  const reasons = async (transactionId: string) =>
    readAttention((await subject.row(transactionId)) ?? {}).map(({ reason }) => reason);

  it.each(['MISMATCH', 'NO_OUTCOME'] as const)(
    'for %s needs none once the gateway’s answer fits, and is the sweep’s until that has arrived',
    async (reason) => {
      const transactionId = await addWaiting(reason, {}, { isPaid: true });
      expect(await reconcile(transactionId)).toMatchObject({
        marketplace: { attention: [{ reason, since }] },
        published: { detailType: 'PaymentCompleted' },
        review: 'CLEARED',
      });
      expect(await reasons(transactionId)).toEqual([]);
      expect(await subject.row(transactionId)).toMatchObject({
        openShard: 'OPEN#0',
        nextCheckAt: expect.any(String),
      });
    },
  );

  it('of a row of an earlier version is no different', async () => {
    const {
      openShard: _o,
      nextCheckAt: _n,
      ...parked
    } = await subject.addOrder({}, { isPaid: true });
    await cloud.put('transactions', { ...parked, needsReview: misfit });
    const { transactionId } = parked;
    expect(await reconcile(transactionId)).toMatchObject({
      marketplace: { attention: [{ reason: 'MISMATCH', detail: misfit }] },
      review: 'CLEARED',
    });
    const row = await subject.row(transactionId);
    expect(row).toMatchObject({ openShard: 'OPEN#0' });
    expect(row).not.toHaveProperty('needsReview');
  });

  it('is done with where the buyer holds it all', async () => {
    const buyer = await subject.addBuyer('pro');
    const transactionId = await addWaiting(
      'EFFECTS_MISSING',
      { ...buyer, ...completed },
      { isPaid: true },
    );
    expect(await reconcile(transactionId)).toMatchObject({ published: null, review: 'CLEARED' });
    expect(await reasons(transactionId)).toEqual([]);
    expect(await subject.row(transactionId)).not.toHaveProperty('openShard');
  });

  it('goes on needing one while the buyer does not hold it, and the sweep looks again', async () => {
    const buyer = await subject.addBuyer('registered');
    const transactionId = await addWaiting(
      'EFFECTS_MISSING',
      { ...buyer, ...completed },
      { isPaid: true },
    );
    expect(await reconcile(transactionId)).toMatchObject({
      published: { detailType: 'PaymentCompleted' },
      review: 'OPEN',
    });
    expect(await reasons(transactionId)).toEqual(['EFFECTS_MISSING']);
    expect(await subject.row(transactionId)).toMatchObject({ openShard: 'OPEN#0' });
  });

  it('goes on needing one while the answer does not fit', async () => {
    const transactionId = await addWaiting('MISMATCH', {}, { amountInPaisa: 100, isPaid: true });
    expect(await reconcile(transactionId)).toMatchObject({
      gateway: { status: 'MISMATCH', amountInPaisa: 100 },
      published: { detailType: 'GatewayEventReceived' },
      review: 'OPEN',
      discrepancies: ['MISMATCH', 'IN_REVIEW'],
    });
    expect(await reasons(transactionId)).toEqual(['MISMATCH']);
  });

  it('goes on needing one where the gateway has no outcome', async () => {
    const transactionId = await addWaiting('NO_OUTCOME');
    expect(await reconcile(transactionId)).toMatchObject({ published: null, review: 'OPEN' });
    expect(await reasons(transactionId)).toEqual(['NO_OUTCOME']);
  });

  it('goes on needing one for what no answer about the order decides', async () => {
    const buyer = await subject.addBuyer('pro');
    const transactionId = await addWaiting('DISPUTE', { ...buyer, ...completed }, { isPaid: true });
    expect(await reconcile(transactionId)).toMatchObject({ published: null, review: 'OPEN' });
    expect(await reasons(transactionId)).toEqual(['DISPUTE']);
  });

  it('is relieved by a range that repairs, as by the one order’s own call', async () => {
    const createdAt = '2025-08-14T09:00:00.000Z';
    const paid = await addWaiting('MISMATCH', { createdAt }, { isPaid: true });
    const unfit = await addWaiting('MISMATCH', { createdAt }, { isPaid: true, amountInPaisa: 100 });
    const deps = connectOperations(
      testEnvironment(cloud, 'reconcile', { gatewayUrl: gateway.apiUrl }),
      subject.platform,
    );
    const day = readRange({ startDate: '2025-08-14', endDate: '2025-08-14' });
    const trigger = { producer: 'cli', causationId: 'run-1', gatewayEvent: 'manual' };
    await reconcileRange(deps, day, { trigger, repair: false });
    expect(await reasons(paid)).toEqual(['MISMATCH']);
    const { entries } = await reconcileRange(deps, day, { trigger, repair: true });
    expect(entries).toHaveLength(2);
    expect(await reasons(paid)).toEqual([]);
    expect(await reasons(unfit)).toEqual(['MISMATCH']);
  });
});

it('publishes a second attempt that completed, which our books have not heard of', async () => {
  const buyer = await subject.addBuyer('pro');
  const { transactionId, merchantOrderId } = await subject.addOrder({ ...buyer, ...completed });
  gateway.sandbox.finish(merchantOrderId, {
    outcome: 'COMPLETED',
    paidTwice: true,
    webhook: 'lose',
  });
  expect(await reconcile(transactionId)).toMatchObject({
    published: { detailType: 'PaymentCompleted' },
    discrepancies: ['CHARGED_TWICE'],
  });
});
