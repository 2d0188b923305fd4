import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { createSqsClient } from '@cloudnestle/runtime/clients/sqs';
import { buildRecord } from '@cloudnestle/runtime/testing/invoke';
import { sampleCompleted, sampleOrder } from '@cloudnestle/test-kit/samples';
import type { SubscriberName } from '@cloudnestle/topology/types';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type Scene, startScene } from './testing/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
afterEach(async () => {
  scene.run.cloud?.intercept(undefined);
  for (const queue of queues) await scene.floor.deadLetters(queue, 'discard');
});
afterAll(() => scene?.stop());

const queues: readonly SubscriberName[] = ['tiers', 'entitlements'];

/** A letter that says that the order is paid, by whom the forger likes. */
async function forge(transactionId: string, differs: Record<string, unknown> = {}): Promise<void> {
  const row = await scene.row(transactionId);
  const event = sampleCompleted(sampleOrder({ ...sampleOrder().row, ...row }));
  Object.assign(event.detail.data, differs);
  const sqs = createSqsClient();
  for (const queue of queues) {
    const QueueUrl = scene.run.provisioned.queues[queue]?.deadLetterUrl;
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: buildRecord(event).body }));
  }
  sqs.destroy();
}

async function tierOf(userId: string): Promise<unknown> {
  await scene.run.idle();
  return (await scene.floor.get('users', { userId }))?.subscriptionTier;
}

const words = ({ stdout }: { stdout: string }) => stdout.replaceAll(/\s+/g, ' ');

it('a letter that says paid grants nothing while PhonePe does not say so', async () => {
  const { buyer, order } = await scene.open();
  await forge(order.transactionId);
  const looked = await scene.payment(order.transactionId);
  expect(looked.exitCode).toBe(1);
  expect(words(looked)).toContain('Verdict: a person has to decide');
  expect(words(looked)).toMatch(
    /it says paid, and PhonePe does not\. \.\/payments dlq show tiers [0-9a-f-]{36}/,
  );
  expect(looked.stdout).not.toMatch(/^ +\.\/payments payment .* --repair$/m);
  const repaired = await scene.payment(order.transactionId, '--repair');
  expect(repaired.exitCode).toBe(1);
  expect(await tierOf(buyer.userId)).toBe('registered');
  for (const queue of queues) {
    expect(await scene.floor.deadLetters(queue, 'discard')).toHaveLength(1);
  }
});

it('nor where PhonePe cannot be asked', async () => {
  const { buyer, order } = await scene.open();
  await forge(order.transactionId);
  scene.run.cloud?.intercept(({ service, body }) =>
    service === 'secretsmanager' && JSON.stringify(body).includes('phonepe')
      ? { when: 'before', status: 400, errorType: 'AccessDeniedException' }
      : undefined,
  );
  const repaired = await scene.payment(order.transactionId, '--repair');
  expect(repaired.exitCode).toBe(1);
  expect(words(repaired)).toContain('Verdict: not known before PhonePe has answered');
  expect(repaired.stdout).not.toContain('consistent');
  expect(await tierOf(buyer.userId)).toBe('registered');
});

it('a letter of a paid order makes no stranger Pro; the true one beside it goes back', async () => {
  const stranger = await scene.floor.addBuyer();
  const { buyer, order } = await scene.open();
  await scene.remove('users', { userId: buyer.userId });
  await scene.end(order, { outcome: 'COMPLETED' });
  await scene.floor.put('users', { ...buyer, subscriptionTier: 'registered' });
  const { completedAt } = (await scene.row(order.transactionId)) ?? {};
  await forge(order.transactionId, { userId: stranger.userId, completedAt });
  const repaired = await scene.payment(order.transactionId, '--repair');
  expect(repaired.exitCode).toBe(1);
  expect(words(repaired)).toContain('Dead letters of tiers put back: 1.');
  expect(words(repaired)).toContain("it names another user than the order's row");
  expect(await tierOf(buyer.userId)).toBe('pro');
  expect(await tierOf(stranger.userId)).toBe('registered');
  for (const queue of queues) {
    expect(await scene.floor.deadLetters(queue, 'discard')).toHaveLength(1);
  }
});
