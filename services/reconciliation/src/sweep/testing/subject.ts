import type { AttentionReason } from '@cloudnestle/contracts/items/attention';
import type { TransactionItem } from '@cloudnestle/contracts/items/transaction';
import { resolveAttention } from '@cloudnestle/operations/attention/resolve-attention';
import { buildSweep } from '@cloudnestle/operations/sweep/build-sweep';
import type { SweepOptions } from '@cloudnestle/operations/sweep/run-sweep';
import { readAttention } from '@cloudnestle/payments/attention/attention';
import { DEFAULT_SOLUTION_ID } from '@cloudnestle/payments/catalogue';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { mergeItem } from '@cloudnestle/runtime/merge-item';
import { createFakePlatform, type FakePlatform } from '@cloudnestle/runtime/testing/fake-platform';
import { buildRecord, invokeQueue } from '@cloudnestle/runtime/testing/invoke';
import type { TestCloud } from '@cloudnestle/test-kit/cloud';
import { gatewayTest } from '@cloudnestle/test-kit/cloud-test';
import { testEnvironment } from '@cloudnestle/test-kit/function-environment';
import { placeOrder, type RunningSandbox } from '@cloudnestle/test-kit/gateway';
import { sampleRow } from '@cloudnestle/test-kit/samples';
import { waitFor } from '@cloudnestle/test-kit/wait-for';
import { buildHandler as buildBooks } from '../../subscriber/composition.ts';

type Item = Record<string, unknown>;

let buyers = 0;

/** The sweep as it is deployed, on a test cloud and a sandbox, with a clock that can be set. */
export function createSubject(cloud: TestCloud, gateway: RunningSandbox) {
  const platform: FakePlatform = createFakePlatform();
  const environment = testEnvironment(cloud, 'sweep', { gatewayUrl: gateway.apiUrl });
  const compose = (changes: Record<string, string> = {}) =>
    buildSweep({ ...environment, ...changes }, platform);
  const sweepWith = compose();
  const books = buildBooks(
    testEnvironment(cloud, 'reconciliation', { gatewayUrl: gateway.apiUrl }),
    platform,
  );
  const row = (transactionId: string) => cloud.get('transactions', { transactionId });
  const change = async (transactionId: string, changes: Item) =>
    cloud.put('transactions', { ...(await row(transactionId)), ...changes });
  return {
    platform,
    compose,
    /** One run at `now`. */
    sweep: (now?: string, options: Partial<SweepOptions> = {}) => {
      platform.setNow(now === undefined ? undefined : new Date(now));
      return sweepWith({ runId: 'run-1', timeoutMs: 45_000, scope: 'due', ...options });
    },
    row,
    change,
    /** Why the order needs an operator now. */
    attention: async (transactionId: string) => readAttention((await row(transactionId)) ?? {}),
    /** An operator's word ends a reason. */
    resolve: (transactionId: string, reason: AttentionReason) =>
      resolveAttention(
        {
          now: platform.now,
          mergeTransaction: (id, merge) =>
            mergeItem(
              { dynamo: createDynamoClient(), table: cloud.topology.tables.transactions.name },
              { transactionId: id },
              merge,
            ),
        },
        transactionId,
        { reason, by: 'asha', why: 'correcting the secret' },
      ),
    /** Has the books record an event, as their subscriber would. */
    record: (event: { detailType: string; detail: unknown } | undefined) =>
      invokeQueue(books, event ? [buildRecord(event)] : []),
    /** A buyer with a user row and both records, holding `tier`. */
    addBuyer: async (tier = 'registered') => {
      buyers += 1;
      const userId = `swept-${buyers}`;
      const email = `${userId}@buyers.example`;
      await cloud.put('users', { userId, email, subscriptionTier: tier });
      for (const owner of [userId, email]) {
        const key = { pk: `user#${owner}`, sk: `solution#${DEFAULT_SOLUTION_ID}` };
        await cloud.put('entitlements', { ...key, access_tier: tier, tier });
      }
      return { userId, email };
    },
    /**
     * An order in our table, created at 9:00 and payable until 9:30 (2025-11-23), and at the gateway unless told not
     * to.
     */
    addOrder: async (
      overrides: Partial<TransactionItem> = {},
      at: { gateway?: boolean; amountInPaisa?: number } = {},
    ) => {
      const item = sampleRow(overrides);
      await cloud.put('transactions', item);
      const { gateway: isKnown = true, ...rest } = at;
      if (isKnown) await placeOrder(gateway, item, rest);
      return item;
    },
    /** Detail types and data on the bus so far, once there are `count` of them. */
    published: (count: number) => waitForEvents(cloud, 'reconciliation', count),
    /** The same of what the mails' subscriber hears. */
    heardByNotifications: (count: number) => waitForEvents(cloud, 'notifications', count),
  };
}
export type Subject = ReturnType<typeof createSubject>;

async function waitForEvents(
  cloud: TestCloud,
  subscriber: 'reconciliation' | 'notifications',
  count: number,
) {
  const events: { detailType: string; data: Item; detail: { metadata: Item; data: Item } }[] = [];
  await waitFor(`${count} event(s) on the bus`, async () => {
    for (const { Body = '' } of await cloud.receive(subscriber, 'queue')) {
      const { 'detail-type': detailType, detail } = JSON.parse(Body) as {
        'detail-type': string;
        detail: { metadata: Item; data: Item };
      };
      events.push({ detailType, data: detail.data, detail });
    }
    return events.length >= count;
  });
  return events;
}

/** A test with a subject of its own on the cloud and the gateway of its file. */
export const it = gatewayTest.extend('subject', ({ cloud, gateway }) =>
  createSubject(cloud, gateway),
);
