import type { TransactionItem } from '@cloudnestle/contracts/items/transaction';
import { DEFAULT_SOLUTION_ID } from '@cloudnestle/payments/catalogue';
import { createFakePlatform } from '@cloudnestle/runtime/testing/fake-platform';
import { invokeHttp } from '@cloudnestle/runtime/testing/invoke';
import type { TestCloud } from '@cloudnestle/test-kit/cloud';
import { gatewayTest } from '@cloudnestle/test-kit/cloud-test';
import { TEST_CLIENT_ID, testEnvironment } from '@cloudnestle/test-kit/function-environment';
import { placeOrder, type RunningSandbox } from '@cloudnestle/test-kit/gateway';
import { sampleRow } from '@cloudnestle/test-kit/samples';
import { buildHandler } from '../composition.ts';

/** An admin's id token, as the authorizer renders its claims. */
export const adminClaims = {
  token_use: 'id',
  aud: TEST_CLIENT_ID,
  sub: 'admin-1',
  'cognito:groups': '[admin]',
};

let buyers = 0;

/** The admin's call as it is deployed, on a test cloud and a sandbox. */
export function createSubject(
  cloud: TestCloud,
  gateway: RunningSandbox,
  changes: Record<string, string> = {},
) {
  const platform = createFakePlatform();
  const environment = testEnvironment(cloud, 'reconcile', { gatewayUrl: gateway.apiUrl });
  const handler = buildHandler({ ...environment, ...changes }, platform);
  return {
    platform,
    /** Asks as an admin, unless `claims` say who else asks (null: nobody). */
    ask: (body: unknown, claims: Record<string, string> | null = adminClaims) =>
      invokeHttp(handler, {
        path: '/payments/reconciliation',
        body,
        ...(claims ? { claims } : {}),
      }),
    row: (transactionId: string) => cloud.get('transactions', { transactionId }),
    /** A buyer with a user row and both records that hold `tier`. */
    addBuyer: async (tier: string) => {
      buyers += 1;
      const userId = `reconciled-${buyers}`;
      const email = `${userId}@buyers.example`;
      await cloud.put('users', { userId, email, subscriptionTier: tier });
      for (const owner of [userId, email]) {
        const key = { pk: `user#${owner}`, sk: `solution#${DEFAULT_SOLUTION_ID}` };
        await cloud.put('entitlements', { ...key, access_tier: tier });
      }
      return { userId, userEmail: email };
    },
    /** An order in our table and, unless `gateway` is false, at the gateway. */
    addOrder: async (
      overrides: Partial<TransactionItem> = {},
      at: { gateway?: boolean; amountInPaisa?: number; isPaid?: boolean } = {},
    ) => {
      const { gateway: isKnown = true, isPaid = false, ...rest } = at;
      const item = sampleRow(overrides);
      await cloud.put('transactions', item);
      if (isKnown) await placeOrder(gateway, item, rest);
      if (isPaid) {
        gateway.sandbox.finish(item.merchantOrderId, { outcome: 'COMPLETED', webhook: 'lose' });
      }
      return item;
    },
  };
}
export type Subject = ReturnType<typeof createSubject>;

/** A test with a subject of its own on the cloud and the gateway of its file. */
export const it = gatewayTest.extend('subject', ({ cloud, gateway }) =>
  createSubject(cloud, gateway),
);
