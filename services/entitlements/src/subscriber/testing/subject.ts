import type { TransactionItem } from '@cloudnestle/contracts/items/transaction';
import { DEFAULT_SOLUTION_ID } from '@cloudnestle/payments/catalogue';
import { createFakePlatform } from '@cloudnestle/runtime/testing/fake-platform';
import { buildRecord, invokeQueue } from '@cloudnestle/runtime/testing/invoke';
import { uuidRecord } from '@cloudnestle/runtime/testing/records';
import type { TestCloud } from '@cloudnestle/test-kit/cloud';
import { cloudTest } from '@cloudnestle/test-kit/cloud-test';
import { testEnvironment } from '@cloudnestle/test-kit/function-environment';
import { sampleCompleted, sampleOrder, sampleRow } from '@cloudnestle/test-kit/samples';
import { buildHandler } from '../composition.ts';

export const TOKEN_SECRET = 'a token secret for tests';

const sk = `solution#${DEFAULT_SOLUTION_ID}`;
let buyers = 0;

/**
 * The subscriber as it is deployed, on a test cloud, with a buyer of its own (a row, no entitlement record), so that
 * the tests of a file do not see each other's records.
 */
export async function createSubject(cloud: TestCloud) {
  buyers += 1;
  const userId = `buyer-${buyers}`;
  const email = `buyer${buyers}@example.com`;
  const platform = createFakePlatform();
  const handler = buildHandler(testEnvironment(cloud, 'entitlements'), platform);
  await cloud.put('users', { userId, email });
  await cloud.writeSecret(cloud.topology.secrets.tokenSecret, { tokenSecret: TOKEN_SECRET });
  return {
    userId,
    email,
    platform,
    handler,
    setEmail: (changed: string) => cloud.put('users', { userId, email: changed }),
    /** A paid order of that buyer: its row is there, its event is answered. */
    addPaidOrder: async (
      row: Partial<TransactionItem> = {},
      completedAt = '2025-11-23T10:00:00.000Z',
    ) => {
      const item = sampleRow({ userId, userEmail: email, ...row });
      await cloud.put('transactions', item);
      return sampleCompleted(sampleOrder(item), completedAt);
    },
    deliver: (...events: { detailType: string; detail: unknown }[]) =>
      invokeQueue(
        handler,
        events.map((event) => buildRecord(event)),
      ),
    /** Stores a record under `user#{name}`. */
    addRecord: (name: string, record: Record<string, unknown> = uuidRecord) =>
      cloud.put('entitlements', { ...record, pk: `user#${name}`, sk }),
    /** The record under `user#{name}`, without its key. */
    record: async (name: string) => {
      const found = await cloud.get('entitlements', { pk: `user#${name}`, sk });
      if (!found) return undefined;
      const { pk: _pk, sk: _sk, ...rest } = found;
      return rest;
    },
  };
}
export type Subject = Awaited<ReturnType<typeof createSubject>>;

/** A test with a subject of its own on the cloud of its file. */
export const it = cloudTest.extend('subject', ({ cloud }) => createSubject(cloud));
