import type { TransactionItem } from '@cloudnestle/contracts/items/transaction';
import { createFakePlatform } from '@cloudnestle/runtime/testing/fake-platform';
import { buildRecord, invokeQueue } from '@cloudnestle/runtime/testing/invoke';
import type { TestCloud } from '@cloudnestle/test-kit/cloud';
import { cloudTest } from '@cloudnestle/test-kit/cloud-test';
import { testEnvironment } from '@cloudnestle/test-kit/function-environment';
import { sampleCompleted, sampleOrder, sampleRow } from '@cloudnestle/test-kit/samples';
import { buildHandler } from '../composition.ts';

/** The subscriber as it is deployed, on a test cloud, and what a test does with it. */
export function createSubject(cloud: TestCloud) {
  const platform = createFakePlatform();
  const handler = buildHandler(testEnvironment(cloud, 'tiers'), platform);
  return {
    platform,
    handler,
    /** A registered user. */
    addUser: (attributes: Record<string, unknown> = {}) =>
      cloud.put('users', {
        userId: 'test-uuid-123',
        email: 'test@example.com',
        subscriptionTier: 'registered',
        subscriptionStatus: 'active',
        ...attributes,
      }),
    /** A paid order of that user: its row is there, its event is answered. */
    addPaidOrder: async (
      row: Partial<TransactionItem> = {},
      completedAt = '2025-11-23T10:00:00.000Z',
    ) => {
      const item = sampleRow(row);
      await cloud.put('transactions', item);
      return sampleCompleted(sampleOrder(item), completedAt);
    },
    deliver: (...events: { detailType: string; detail: unknown }[]) =>
      invokeQueue(
        handler,
        events.map((event) => buildRecord(event)),
      ),
    user: (userId = 'test-uuid-123') => cloud.get('users', { userId }),
  };
}

export type Subject = ReturnType<typeof createSubject>;

/** A test with a subject of its own on the cloud of its file. */
export const it = cloudTest.extend('subject', ({ cloud }) => createSubject(cloud));
