import type { TransactionItem } from '@cloudnestle/contracts/items/transaction';
import { expect } from 'vitest';
import { it, type Subject } from './testing/subject.ts';

it.beforeEach(({ cloud }) => {
  cloud.cloud.intercept(undefined);
});

const FIRST_LOOK = '2025-11-23T09:15:00.000Z';
const standing = {
  reason: 'UNKNOWN_TIER',
  since: FIRST_LOOK,
  detail: 'the buyer holds the tier "campus", and kept it',
};

/** A paid order that is looked at for the first time; its buyer holds `tier`. */
async function addPaid(subject: Subject, tier: string, changes: Partial<TransactionItem> = {}) {
  const { userId, email } = await subject.addBuyer(tier);
  const row = await subject.addOrder({
    userId,
    userEmail: email,
    status: 'COMPLETED',
    completedAt: '2025-11-23T09:10:00.000Z',
    nextCheckAt: FIRST_LOOK,
    ...changes,
  });
  return row.transactionId;
}

it('is done with a paid order whose buyer holds a tier that the catalogue does not know, and needs an operator', async ({
  subject,
}) => {
  const transactionId = await addPaid(subject, 'campus');
  expect(await subject.sweep(FIRST_LOOK)).toMatchObject({ due: 1, repaired: 0, parked: 0 });
  const row = await subject.row(transactionId);
  expect(row).not.toHaveProperty('openShard');
  expect(row).toMatchObject({ attentionShard: 'ATTENTION#0', attentionSince: FIRST_LOOK });
  expect(await subject.attention(transactionId)).toEqual([standing]);
  expect(subject.platform.lines).toContainEqual({
    level: 'warn',
    message: 'order needs attention',
    fields: { transactionId, attention: 'UNKNOWN_TIER' },
  });
});

it('needs no person for a tier that it knows', async ({ subject }) => {
  const transactionId = await addPaid(subject, 'pro');
  await subject.sweep(FIRST_LOOK);
  const row = await subject.row(transactionId);
  expect(row).not.toHaveProperty('openShard');
  expect(row).not.toHaveProperty('attention');
});

it('ends the same where the answer to its write is lost and the SDK repeats it', async ({
  cloud,
  subject,
}) => {
  const transactionId = await addPaid(subject, 'campus');
  let writes = 0;
  cloud.cloud.intercept((call) => {
    if (call.operation !== 'UpdateItem') return undefined;
    writes += 1;
    // The claim is the first one, the write that closes the order the second.
    return writes === 2 ? { when: 'after', reset: true } : undefined;
  });
  await subject.sweep(FIRST_LOOK);
  expect(writes).toBeGreaterThanOrEqual(3);
  expect(await subject.row(transactionId)).not.toHaveProperty('openShard');
  expect(await subject.attention(transactionId)).toEqual([standing]);
});

it('is found at the next run where the write that closes the order does not happen at all', async ({
  cloud,
  subject,
}) => {
  const transactionId = await addPaid(subject, 'campus');
  let writes = 0;
  cloud.cloud.intercept((call) => {
    if (call.operation !== 'UpdateItem') return undefined;
    writes += 1;
    return writes > 1 ? { when: 'before', reset: true } : undefined;
  });
  await subject.sweep(FIRST_LOOK);
  expect(await subject.attention(transactionId)).toEqual([]);
  cloud.cloud.intercept(undefined);
  const nextRun = '2025-11-23T09:16:00.000Z';
  await subject.sweep(nextRun);
  expect(await subject.attention(transactionId)).toEqual([{ ...standing, since: nextRun }]);
});

it('is asked for no more once an operator has said a word on that very tier', async ({
  subject,
}) => {
  const resolution = {
    at: '2025-11-23T09:12:00.000Z',
    by: 'anna',
    why: 'a campus licence',
    facts: ['tier campus'],
  };
  const transactionId = await addPaid(subject, 'campus', {
    attentionResolved: { UNKNOWN_TIER: resolution },
  });
  await subject.sweep(FIRST_LOOK);
  const row = await subject.row(transactionId);
  expect(row).not.toHaveProperty('openShard');
  expect(await subject.attention(transactionId)).toEqual([]);
});

it('says nothing of the tier of a buyer whose access was taken back', async ({ subject }) => {
  const transactionId = await addPaid(subject, 'campus', {
    accessRevokedAt: '2025-11-23T09:12:00.000Z',
  });
  await subject.sweep(FIRST_LOOK);
  expect(await subject.attention(transactionId)).toEqual([]);
});
