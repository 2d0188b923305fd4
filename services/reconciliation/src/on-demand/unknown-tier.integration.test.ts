import { reconcileOrderResponseSchema } from '@cloudnestle/contracts/http/reconciliation';
import { DEFAULT_SOLUTION_ID } from '@cloudnestle/payments/catalogue';
import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import { type RunningSandbox, startTestGateway } from '@cloudnestle/test-kit/gateway';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSubject, type Subject } from './testing/subject.ts';

let cloud: TestCloud;
let gateway: RunningSandbox;
let subject: Subject;

beforeAll(async () => {
  cloud = await startTestCloud();
  gateway = await startTestGateway(cloud);
  subject = createSubject(cloud, gateway);
});
afterAll(async () => {
  await gateway.close();
  await cloud.stop();
});

async function reconcile(transactionId: string) {
  const { body } = await subject.ask({ transactionId });
  return reconcileOrderResponseSchema.parse(body);
}

it('needs a person while the buyer holds a tier that the catalogue does not know, and none afterwards', async () => {
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
  expect(await reconcile(transactionId)).toMatchObject({
    access: { user: 'held', agrees: true },
    review: 'OPEN',
  });
  const { userId, userEmail: email } = buyer;
  await cloud.put('users', { userId, email, subscriptionTier: 'pro' });
  for (const owner of [userId, email]) {
    const key = { pk: `user#${owner}`, sk: `solution#${DEFAULT_SOLUTION_ID}` };
    await cloud.put('entitlements', { ...key, access_tier: 'pro' });
  }
  expect(await reconcile(transactionId)).toMatchObject({ review: 'CLEARED' });
  const row = await subject.row(transactionId);
  expect(row).not.toHaveProperty('attention');
  expect(row).not.toHaveProperty('attentionShard');
});
