import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import { planOf } from '@cloudnestle/test-kit/samples';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { deriveToken } from '../token.ts';
import { createSubject, type Subject, TOKEN_SECRET } from './testing/subject.ts';

let cloud: TestCloud;
let subject: Subject;

beforeAll(async () => {
  cloud = await startTestCloud();
});
beforeEach(async () => {
  cloud.cloud.intercept(undefined);
  subject = await createSubject(cloud);
});
afterAll(() => cloud.stop());

const created = (transactionId: string, more = 0) => ({
  token: deriveToken(subject.email, 'aws-solution-finder', TOKEN_SECRET),
  solution_id: 'aws-solution-finder',
  user_id: subject.userId,
  user_email: subject.email,
  tier: 'pro',
  access_tier: 'pro',
  accessTier: 'pro',
  status: 'active',
  dailyUsage: 0,
  lastUsageDate: more > 0 ? '2025-11-25' : '2025-11-23',
  grants: expect.objectContaining({
    [transactionId]: { tier: 'pro', planId: 'pro', at: '2025-11-23T10:00:00.000Z' },
  }),
  grantsVersion: 1 + more,
  baseTier: 'registered',
  grantedByTransactionId: transactionId,
  grantedAt: '2025-11-23T10:00:00.000Z',
  createdByTransactionId: transactionId,
  createdAt: '2025-11-23T10:00:00.000Z',
  created_at: '2025-11-23T10:00:00.000Z',
  updatedAt: expect.any(String),
});

it('gives a buyer without any record the one by user id, with a derived token', async () => {
  const event = await subject.addPaidOrder();
  cloud.cloud.calls.reset();
  await subject.deliver(event);
  expect(cloud.cloud.calls.snapshot()).toEqual({
    'dynamodb:GetItem': 4,
    'secretsmanager:GetSecretValue': 1,
    'dynamodb:PutItem': 1,
  });
  expect(await subject.record(subject.userId)).toEqual(created(event.detail.data.transactionId));
  expect(await subject.record(subject.email)).toBeUndefined();
  expect(subject.platform.counted('EntitlementCreated')).toBe(1);
  expect(JSON.stringify(subject.platform.lines)).not.toMatch(/@|tok_perm_/);
});

it.each([
  ['in the order of payment', false],
  ['the later payment first', true],
])('creates the same record from two paid orders: %s', async (_how, reversed) => {
  const first = await subject.addPaidOrder({}, '2025-11-23T10:00:00.000Z');
  const second = await subject.addPaidOrder({}, '2025-11-25T10:00:00.000Z');
  const events = [first, second];
  for (const event of reversed ? events.toReversed() : events) await subject.deliver(event);
  expect(await subject.record(subject.userId)).toEqual(created(first.detail.data.transactionId, 1));
});

it('takes over what the buyer’s row holds of orders under an earlier address', async () => {
  await subject.addRecord(subject.email, { token: 't', access_tier: 'registered' });
  const first = await subject.addPaidOrder({}, '2025-11-23T10:00:00.000Z');
  await subject.deliver(first);
  const { transactionId } = first.detail.data;
  const grants = {
    [transactionId]: { tier: 'pro', planId: 'pro', at: '2025-11-23T10:00:00.000Z' },
  };
  const userEmail = `new.${subject.email}`;
  const row = { userId: subject.userId, email: userEmail, subscriptionTier: 'pro' };
  await cloud.put('users', { ...row, grants, grantsVersion: 1, baseTier: 'basic' });
  const plan = planOf('enterprise-monthly');
  const second = await subject.addPaidOrder(
    { userEmail, tier: plan.tier, plan, amount: plan.amountInPaisa },
    '2025-11-25T10:00:00.000Z',
  );
  await subject.deliver(second);
  const made = await subject.record(subject.userId);
  expect(made).toMatchObject({
    grants: { ...grants, [second.detail.data.transactionId]: { tier: 'enterprise' } },
    baseTier: 'basic',
    grantedByTransactionId: transactionId,
  });
  await subject.deliver(second, first);
  expect(await subject.record(subject.userId)).toEqual(made);
});

it('creates one record under twenty concurrent deliveries', async () => {
  const event = await subject.addPaidOrder();
  await Promise.all(Array.from({ length: 20 }, () => subject.deliver(event)));
  expect(await subject.record(subject.userId)).toEqual(created(event.detail.data.transactionId));
  expect(subject.platform.counted('EntitlementCreated')).toBe(1);
});

it('takes its own record for done when the answer to the write is lost', async () => {
  const event = await subject.addPaidOrder();
  let lost = 0;
  cloud.cloud.intercept((call) => {
    if (call.operation !== 'PutItem' || lost > 0) return undefined;
    lost += 1;
    return { when: 'after', reset: true };
  });
  expect(await subject.deliver(event)).toEqual({ batchItemFailures: [] });
  expect(lost).toBe(1);
  expect(await subject.record(subject.userId)).toEqual(created(event.detail.data.transactionId));
});

it('opens a record that appears while its own is being made', async () => {
  const event = await subject.addPaidOrder();
  const registered = { token: 'of-the-registration', access_tier: 'registered', dailyUsage: 1 };
  cloud.cloud.intercept(async (call) => {
    if (call.operation !== 'PutItem') return undefined;
    cloud.cloud.intercept(undefined);
    await subject.addRecord(subject.userId, registered);
    return undefined;
  });
  await subject.deliver(event);
  expect(await subject.record(subject.userId)).toMatchObject({
    token: 'of-the-registration',
    access_tier: 'pro',
    dailyUsage: 0,
  });
});

it.each([
  ['is malformed', () => cloud.writeSecret(cloud.topology.secrets.tokenSecret, { other: 'x' })],
  [
    'is not there',
    async () =>
      cloud.cloud.intercept((call) =>
        call.operation === 'GetSecretValue'
          ? { when: 'before', status: 400, errorType: 'ResourceNotFoundException' }
          : undefined,
      ),
  ],
])('makes no token and comes back later while the secret %s', async (_what, breakSecret) => {
  const event = await subject.addPaidOrder();
  await breakSecret();
  const answer = await subject.deliver(event);
  expect(answer.batchItemFailures).toHaveLength(1);
  expect(await subject.record(subject.userId)).toBeUndefined();
  expect(subject.platform.summaries()).toEqual([
    expect.objectContaining({
      outcome: 'retry',
      reason: expect.stringContaining(`secret ${cloud.topology.secrets.tokenSecret}`),
    }),
  ]);
  cloud.cloud.intercept(undefined);
  await cloud.writeSecret(cloud.topology.secrets.tokenSecret, { tokenSecret: TOKEN_SECRET });
  await subject.deliver(event);
  expect(await subject.record(subject.userId)).toEqual(created(event.detail.data.transactionId));
});
