import { readAttention } from '@cloudnestle/payments/attention/attention';
import { mergeItem } from '@cloudnestle/runtime/merge-item';
import { createFakePlatform } from '@cloudnestle/runtime/testing/fake-platform';
import { buildRecord, invokeQueue } from '@cloudnestle/runtime/testing/invoke';
import type { TestCloud } from '@cloudnestle/test-kit/cloud';
import { cloudTest } from '@cloudnestle/test-kit/cloud-test';
import { testEnvironment } from '@cloudnestle/test-kit/function-environment';
import { sampleOrder, sampleRow } from '@cloudnestle/test-kit/samples';
import { buildHandler } from '../composition.ts';

let buyers = 0;

/**
 * The subscriber as it is deployed, on a test cloud, with a buyer of its own, so that the tests of a file do not see
 * each other's orders.
 */
export function createSubject(cloud: TestCloud, environment: Record<string, string> = {}) {
  buyers += 1;
  const userId = `buyer-${buyers}`;
  const platform = createFakePlatform();
  const handler = buildHandler(
    { ...testEnvironment(cloud, 'reconciliation'), ...environment },
    platform,
  );
  return {
    userId,
    platform,
    handler,
    /** An order of that buyer, its row as `overrides` say (undefined: the attribute is not there). */
    addOrder: async (overrides: Record<string, unknown> = {}) => {
      const row = sampleRow({ userId });
      const item = Object.entries({ ...row, ...overrides }).filter(
        ([, value]) => value !== undefined,
      );
      await cloud.put('transactions', Object.fromEntries(item));
      return sampleOrder(row);
    },
    deliver: (...events: { detailType: string; detail: unknown }[]) =>
      invokeQueue(
        handler,
        events.map((event) => buildRecord(event)),
      ),
    /** One event at its nth delivery. */
    deliverAgain: (attempt: number, event: { detailType: string; detail: unknown }) =>
      invokeQueue(handler, [buildRecord(event, { attempt })]),
    merge: (transactionId: string, merge: Parameters<typeof mergeItem>[2]) =>
      mergeItem(
        { dynamo: cloud.dynamo, table: cloud.topology.tables.transactions.name },
        { transactionId },
        merge,
      ),
    /** Why the order needs an operator now. */
    attention: async (transactionId: string) =>
      readAttention((await cloud.get('transactions', { transactionId })) ?? {}),
    row: (transactionId: string) => cloud.get('transactions', { transactionId }),
    checkout: () => cloud.get('checkouts', { checkoutKey: `${userId}#pro` }),
  };
}

/** The reasons in the subscriber's dead-letter queue. */
export async function deadLetterReasons(cloud: TestCloud): Promise<(string | undefined)[]> {
  const letters = await cloud.receive('reconciliation', 'deadLetterQueue');
  return letters.map((letter) => letter.MessageAttributes?.failureReason?.StringValue);
}

export type Subject = ReturnType<typeof createSubject>;

/** A test with a subject of its own on the cloud of its file. */
export const it = cloudTest.extend('subject', ({ cloud }) => createSubject(cloud));
