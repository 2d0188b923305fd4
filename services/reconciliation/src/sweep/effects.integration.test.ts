import type { TransactionItem } from '@cloudnestle/contracts/items/transaction';
import { DEFAULT_SOLUTION_ID } from '@cloudnestle/payments/catalogue';
import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import { type RunningSandbox, startTestGateway } from '@cloudnestle/test-kit/gateway';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
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
});
afterAll(async () => {
  await gateway.close();
  await cloud.stop();
});

const COMPLETED_AT = '2025-11-23T09:10:00.000Z';
const LOOKS = [
  '2025-11-23T09:15:00.000Z',
  '2025-11-23T10:10:00.000Z',
  '2025-11-23T15:10:00.000Z',
  '2025-11-24T09:10:00.000Z',
  '2025-11-25T09:10:00.000Z',
  '2025-11-27T09:10:00.000Z',
] as const;

/** A paid order whose buyer holds `tier`; what the books say of it is already there. */
async function addPaid(tier: string, changes: Partial<TransactionItem> = {}) {
  const { userId, email } = await subject.addBuyer(tier);
  const row = await subject.addOrder({
    userId,
    userEmail: email,
    status: 'COMPLETED',
    completedAt: COMPLETED_AT,
    nextCheckAt: LOOKS[0],
    ...changes,
  });
  gateway.sandbox.finish(row.merchantOrderId, {
    outcome: 'COMPLETED',
    webhook: 'lose',
    at: new Date(COMPLETED_AT),
  });
  return { ...row, userId, email };
}
/** Takes an order out of the next test's way. */
const close = (transactionId: string) =>
  subject.change(transactionId, { openShard: 'CLOSED', nextCheckAt: LOOKS[0] });

it('is done with a paid order once user and both records are seen to hold it, and asks no operator', async () => {
  const { transactionId } = await addPaid('pro');
  const before = gateway.sandbox.calls.status;
  expect(await subject.sweep(LOOKS[0])).toMatchObject({ due: 1, repaired: 0, parked: 0 });
  const row = await subject.row(transactionId);
  expect(row).not.toHaveProperty('openShard');
  expect(row).not.toHaveProperty('nextCheckAt');
  expect(gateway.sandbox.calls.status).toBe(before);
});

it('looks after 5 minutes, 1, 6, 24, 48 and 96 hours, publishes again from the first hour on, then asks an operator', async () => {
  const { transactionId } = await addPaid('registered');
  const seen: [next: unknown, repaired: number, parked: number][] = [];
  for (const now of LOOKS) {
    const { repaired, parked } = await subject.sweep(now);
    seen.push([(await subject.row(transactionId))?.nextCheckAt, repaired, parked]);
  }
  expect(seen).toEqual([
    [LOOKS[1], 0, 0],
    [LOOKS[2], 1, 0],
    [LOOKS[3], 1, 0],
    [LOOKS[4], 1, 0],
    [LOOKS[5], 1, 0],
    [undefined, 1, 1],
  ]);
  expect(await subject.published(5)).toHaveLength(5);
  expect(await subject.attention(transactionId)).toMatchObject([
    { reason: 'EFFECTS_MISSING', detail: expect.stringContaining('user behind') },
  ]);
});

it.each([
  ['the user row', 'users'],
  ['the record by user id', 'byUserId'],
  ['the record by email', 'byEmail'],
] as const)('publishes again where only %s fell back', async (_what, which) => {
  const { userId, email, transactionId } = await addPaid('pro', { nextCheckAt: LOOKS[1] });
  const sk = 'solution#aws-solution-finder';
  if (which === 'users') {
    await cloud.put('users', { userId, email, subscriptionTier: 'registered' });
  } else {
    const pk = `user#${which === 'byUserId' ? userId : email}`;
    await cloud.put('entitlements', { pk, sk, access_tier: 'registered' });
  }
  expect(await subject.sweep(LOOKS[1])).toMatchObject({ repaired: 1 });
  expect(await subject.published(1)).toMatchObject([
    { detailType: 'PaymentCompleted', data: { transactionId, completedAt: COMPLETED_AT } },
  ]);
  await close(transactionId);
});

it('does not count a look whose publishing failed, and tries again at the next run', async () => {
  const { transactionId } = await addPaid('registered', {
    nextCheckAt: LOOKS[1],
    effectsRepublished: 1,
  });
  cloud.cloud.intercept((call) =>
    call.operation === 'PutEvents' ? { partialFailure: true } : undefined,
  );
  expect(await subject.sweep(LOOKS[1])).toMatchObject({ repaired: 0, errors: 1 });
  expect(await subject.row(transactionId)).toMatchObject({ effectsRepublished: 1 });
  cloud.cloud.intercept(undefined);
  expect(await subject.sweep('2025-11-23T10:11:00.000Z')).toMatchObject({ repaired: 1, errors: 0 });
  expect(await subject.row(transactionId)).toMatchObject({
    effectsRepublished: 2,
    nextCheckAt: LOOKS[2],
  });
  await close(transactionId);
});

it('keeps to its times whichever run looks in between, and whatever became of their looks', async () => {
  const { transactionId } = await addPaid('registered');
  for (const minute of ['11', '12', '13', '14']) {
    // One look dies half-way, the next one goes well; both come early.
    cloud.cloud.intercept(({ operation }) =>
      operation === 'GetItem'
        ? { when: 'before', status: 400, errorType: 'AccessDeniedException' }
        : undefined,
    );
    await subject.sweep(`2025-11-23T09:${minute}:00.000Z`, { scope: 'all' });
    cloud.cloud.intercept(undefined);
    await subject.sweep(`2025-11-23T09:${minute}:30.000Z`, { scope: 'all' });
  }
  const next = String((await subject.row(transactionId))?.nextCheckAt);
  expect(next < LOOKS[1]).toBe(true);
  for (const now of LOOKS.slice(0, -1)) await subject.sweep(now, { scope: 'all' });
  const row = await subject.row(transactionId);
  expect(row).toMatchObject({ nextCheckAt: LOOKS[5] });
  expect(row).not.toHaveProperty('attention');
  await close(transactionId);
});

it('publishes a payment again before it asks an operator, though it became known after days', async () => {
  const { transactionId } = await addPaid('registered', {
    nextCheckAt: '2025-11-28T09:10:00.000Z',
  });
  expect(await subject.sweep('2025-11-28T09:10:00.000Z')).toMatchObject({ repaired: 1, parked: 0 });
  expect(await subject.row(transactionId)).toMatchObject({
    nextCheckAt: '2025-11-28T10:10:00.000Z',
    effectsRepublished: 1,
  });
  expect(await subject.sweep('2025-11-28T10:10:00.000Z')).toMatchObject({ repaired: 1, parked: 1 });
});

it('is done with an order whose access was taken back, once user and records have noted it, and gives nothing back', async () => {
  const endedAt = '2025-11-23T10:00:00.000Z';
  const { transactionId, userId, userEmail } = await addPaid('registered', {
    nextCheckAt: LOOKS[1],
    accessRevokedAt: endedAt,
  });
  // Nothing was heard of it yet: its payment may still be on the way.
  expect(await subject.sweep(LOOKS[1])).toMatchObject({ due: 1, repaired: 0, ended: 1 });
  const grant = { tier: 'pro', at: '2025-11-23T09:05:00.000Z', endedAt };
  const kept = { grants: { [transactionId]: grant }, grantsVersion: 1 };
  const hold = async (record: string) => {
    await cloud.put('users', { userId, email: userEmail, subscriptionTier: 'registered', ...kept });
    for (const [owner, tier] of [
      [userId, record],
      [userEmail, 'registered'],
    ]) {
      const key = { pk: `user#${owner}`, sk: `solution#${DEFAULT_SOLUTION_ID}` };
      await cloud.put('entitlements', { ...key, tier, ...kept });
    }
  };
  const lookAgain = async () => {
    const { nextCheckAt } = (await subject.row(transactionId)) ?? {};
    return subject.sweep(String(nextCheckAt));
  };
  // Noted by a subscriber whose clock was behind: the end was still to come, and the record names the tier.
  await hold('pro');
  expect(await lookAgain()).toMatchObject({ due: 1, repaired: 0 });
  expect(await subject.row(transactionId)).toHaveProperty('openShard');
  await hold('registered');
  expect(await lookAgain()).toMatchObject({ due: 1, repaired: 0, ended: 0 });
  expect(await subject.row(transactionId)).not.toHaveProperty('openShard');
});

it('asks an operator where the gateway does not confirm what is paid here', async () => {
  const { userId, email } = await subject.addBuyer();
  const { transactionId } = await subject.addOrder({
    userId,
    userEmail: email,
    status: 'COMPLETED',
    completedAt: COMPLETED_AT,
    nextCheckAt: LOOKS[1],
  });
  expect(await subject.sweep(LOOKS[1])).toMatchObject({ repaired: 0, parked: 1 });
  expect(await subject.attention(transactionId)).toMatchObject([
    { reason: 'EFFECTS_MISSING', detail: 'paid here, and the gateway says it is pending' },
  ]);
});
