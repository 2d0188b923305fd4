import { reconcileOrderResponseSchema } from '@cloudnestle/contracts/http/reconciliation';
import { DEFAULT_SOLUTION_ID } from '@cloudnestle/payments/catalogue';
import { expect } from 'vitest';
import { it, type Subject } from './testing/subject.ts';

async function reconcile(subject: Subject, transactionId: string) {
  const { body } = await subject.ask({ transactionId });
  return reconcileOrderResponseSchema.parse(body);
}

it('needs an operator while the buyer holds a tier that the catalogue does not know, and none afterwards', async ({
  cloud,
  subject,
}) => {
  const since = '2025-11-23T09:15:00.000Z';
  const buyer = await subject.addBuyer('campus');
  const { transactionId } = await subject.addOrder(
    {
      ...buyer,
      status: 'COMPLETED',
      completedAt: '2025-11-23T09:10:00.000Z',
      attention: { UNKNOWN_TIER: { since, facts: { 'tier campus': { at: since } } } },
      attentionShard: 'ATTENTION#0',
      attentionSince: since,
    },
    { isPaid: true },
  );
  expect(await reconcile(subject, transactionId)).toMatchObject({
    access: { user: 'held', agrees: true },
    review: 'OPEN',
  });
  const { userId, userEmail: email } = buyer;
  await cloud.put('users', { userId, email, subscriptionTier: 'pro' });
  for (const owner of [userId, email]) {
    const key = { pk: `user#${owner}`, sk: `solution#${DEFAULT_SOLUTION_ID}` };
    await cloud.put('entitlements', { ...key, access_tier: 'pro' });
  }
  expect(await reconcile(subject, transactionId)).toMatchObject({ review: 'CLEARED' });
  const row = await subject.row(transactionId);
  expect(row).not.toHaveProperty('attention');
  expect(row).not.toHaveProperty('attentionShard');
});
