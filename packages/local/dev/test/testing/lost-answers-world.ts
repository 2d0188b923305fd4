import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { DEFAULT_SOLUTION_ID } from '@cloudnestle/payments/catalogue';
import type { Order } from '@cloudnestle/payments/order';
import { createFakePlatform, type FakePlatform } from '@cloudnestle/runtime/testing/fake-platform';
import type { TestCloud } from '@cloudnestle/test-kit/cloud';
import { testEnvironment } from '@cloudnestle/test-kit/function-environment';
import { placeOrder, type RunningSandbox } from '@cloudnestle/test-kit/gateway';
import { sampleOrder, sampleRow } from '@cloudnestle/test-kit/samples';
import { defaultIndexNames } from '@cloudnestle/topology/tables';
import type { FunctionName } from '@cloudnestle/topology/types';

type Item = Record<string, unknown>;

/** A buyer of a scene's own, what belongs to them, and the clock that their function runs on. */
export interface Buyer {
  userId: string;
  email: string;
  platform: FakePlatform;
  environment(name: FunctionName): Record<string, string>;
  /** An order of theirs, in our table with `changes` and, where told, at the gateway. */
  order(changes?: Item, at?: { gateway?: boolean }): Promise<Order>;
  /** Notes an order among what they paid, as reconciliation does. */
  notePayment(order: Order): Promise<void>;
  record(changes: Item): Promise<void>;
  /** Everything that is stored of them, in words that are the same for every buyer and every moment of the scene. */
  state(): Promise<unknown>;
  /** Takes their orders out of later scenes' sight. */
  leave(): Promise<void>;
}

export const START = new Date('2025-11-23T09:12:00.000Z');

let buyers = 0;

/** Comes into an empty shop: the user's row is there, nothing else. */
export async function addBuyer(
  cloud: TestCloud,
  gateway: RunningSandbox,
  startsAt: Date,
): Promise<Buyer> {
  buyers += 1;
  const userId = `lost-answer-${buyers}`;
  const email = `${userId}@buyers.example`;
  const platform = createFakePlatform({ now: startsAt });
  const orders: string[] = [];
  await cloud.put('users', { userId, email, subscriptionTier: 'registered' });
  const find = (table: Parameters<TestCloud['get']>[0], key: Record<string, string>) =>
    cloud.get(table, key);
  const current = async () => {
    const checkout = await find('checkouts', { checkoutKey: `${userId}#pro` });
    const opened = checkout?.merchantOrderId;
    return { checkout, ids: [...orders, ...(opened ? [`txn_${String(opened)}`] : [])] };
  };
  return {
    userId,
    email,
    platform,
    environment: (name) => testEnvironment(cloud, name, { gatewayUrl: gateway.apiUrl }),
    order: async (changes = {}, { gateway: isKnown = false } = {}) => {
      const row = sampleRow({ userId, userEmail: email });
      orders.push(row.transactionId);
      await cloud.put('transactions', { ...row, ...changes });
      if (isKnown) await placeOrder(gateway, row);
      return sampleOrder(row);
    },
    notePayment: async ({ row: { transactionId, completedAt = '' } }) => {
      const checkoutKey = `${userId}#pro`;
      await cloud.put('checkouts', { checkoutKey, paid: { [transactionId]: completedAt } });
    },
    record: (changes) =>
      cloud.put('entitlements', {
        pk: `user#${userId}`,
        sk: `solution#${DEFAULT_SOLUTION_ID}`,
        ...changes,
      }),
    state: async () => {
      const { checkout, ids } = await current();
      const recordOf = (owner: string) =>
        find('entitlements', { pk: `user#${owner}`, sk: `solution#${DEFAULT_SOLUTION_ID}` });
      const stored = {
        user: await find('users', { userId }),
        records: [await recordOf(userId), await recordOf(email)],
        checkout,
        welcome: await find('notifications', { notificationKey: `welcome#${userId}#pro` }),
        orders: await Promise.all(
          [...new Set(ids)].map(async (transactionId) => ({
            row: await find('transactions', { transactionId }),
            mails: await find('notifications', { notificationKey: `order#${transactionId}` }),
            refunds: await listRefunds(cloud, transactionId),
            invoice: await find('invoices', { pk: `order#${transactionId}`, sk: 'INVOICE#1' }),
            note: await find('invoices', { pk: `order#${transactionId}`, sk: 'CREDIT#1#MR-1' }),
          })),
        ),
        mails: (await cloud.cloud.inbox.emails())
          .filter((mail) => JSON.stringify(mail).includes(email))
          .map((mail) => mail.subject),
      };
      return inPlainWords(stored, startsAt);
    },
    leave: async () => {
      for (const transactionId of (await current()).ids) {
        const row = await find('transactions', { transactionId });
        if (!row) continue;
        const { openShard: _o, attentionShard: _a, ...out } = row;
        await cloud.put('transactions', out);
        for (const refund of await listRefunds(cloud, transactionId)) {
          const { openShard: _open, ...closed } = refund;
          await cloud.put('refunds', closed);
        }
      }
    },
  };
}

/** Which call wrote, how often and when is no part of the state that a scene ends in. */
const beside = new Set([
  'attentionVersion',
  'leaseUntil',
  'claimId',
  'claim',
  'createdBy',
  'sweepClaim',
  'submissions',
  'lastAnswer',
  'endTold',
]);

/** The order's refunds, of the row itself: an index lags. */
async function listRefunds(cloud: TestCloud, transactionId: string): Promise<Item[]> {
  const { Items = [] } = await cloud.dynamo.send(
    new QueryCommand({
      TableName: cloud.topology.tables.refunds.name,
      IndexName: defaultIndexNames.refundsByOrder,
      KeyConditionExpression: 'transactionId = :id',
      ExpressionAttributeValues: { ':id': transactionId },
    }),
  );
  return Items;
}

function inPlainWords(stored: unknown, startsAt: Date): unknown {
  const names = new Map<string, string>();
  const nameOf = (id: string, kind: string) => {
    const known = names.get(id);
    if (known) return known;
    names.set(id, `${kind} ${names.size + 1}`);
    return nameOf(id, kind);
  };
  const text = JSON.stringify(stored, (name, value) => (beside.has(name) ? undefined : value))
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (time) =>
      time >= startsAt.toISOString() ? 'NOW OR LATER' : time,
    )
    .replaceAll(/MP-lost-answer-[\w-]+?-\d+-[a-z0-9]{6}/g, (id) => nameOf(id, 'order'))
    .replaceAll(/lost-answer-\d+/g, 'BUYER')
    .replaceAll(/evt_[0-9a-f]{32}/g, 'EVENT')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g, 'ID')
    .replaceAll(/ses-\d+/g, 'MESSAGE')
    .replaceAll(/MR-[0-9a-f]{24}/g, 'REFUND')
    .replaceAll(/\bOMR\d+/g, 'PHONEPE REFUND')
    .replaceAll(/tok_perm_[0-9a-f]{32}/g, 'TOKEN')
    .replaceAll(/\bOMO\d+/g, 'PHONEPE ORDER')
    .replaceAll(/(INV|CRN)\d\d-\d{7}/g, '$1 NUMBER')
    .replaceAll(/"from":\d+/g, '"from":0')
    .replaceAll(/"pdfSha256":"[^"]+"/g, '"pdfSha256":"HASH"')
    .replaceAll(/https?:[^"]*/g, 'PAGE');
  return JSON.parse(text);
}

/** How the rest of a delivery fares after the write whose answer is lost. */
export const endings = {
  'and so are those of the SDK’s repeats': 'goesOn',
  'and the function dies there': 'dies',
} as const;
type Ending = (typeof endings)[keyof typeof endings];

/** Counts the conditional writes of what runs meanwhile. */
export async function countWrites(
  { cloud }: TestCloud,
  work: () => Promise<unknown>,
): Promise<number> {
  let writes = 0;
  cloud.intercept((call) => {
    if (isConditionalWrite(call)) writes += 1;
    return undefined;
  });
  try {
    await work();
  } finally {
    cloud.intercept(undefined);
  }
  return writes;
}

/**
 * Lets the nth conditional write take effect and cuts its answer, and those of its repeats. A function that `dies` reaches
 * nothing at all from then on. Answers whether there was such a write.
 */
export async function loseAnswer(
  { cloud }: TestCloud,
  { nth, ending }: { nth: number; ending: Ending },
  work: () => Promise<unknown>,
): Promise<boolean> {
  let writes = 0;
  let lost: string | undefined;
  cloud.intercept((call) => {
    const cutAfter = { when: 'after', reset: true } as const;
    if (lost !== undefined) {
      if (ending === 'dies') return { when: 'before', reset: true };
      return JSON.stringify(call.body) === lost ? cutAfter : undefined;
    }
    if (!isConditionalWrite(call)) return undefined;
    writes += 1;
    if (writes < nth) return undefined;
    lost = JSON.stringify(call.body);
    return cutAfter;
  });
  try {
    await work();
  } finally {
    cloud.intercept(undefined);
  }
  return lost !== undefined;
}

function isConditionalWrite({ operation, body }: { operation: string; body: unknown }): boolean {
  const isWrite = ['PutItem', 'UpdateItem', 'DeleteItem'].includes(operation);
  return isWrite && JSON.stringify(body).includes('"ConditionExpression"');
}
