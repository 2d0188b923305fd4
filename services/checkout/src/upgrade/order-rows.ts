import { type DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Billing } from '@cloudnestle/contracts/billing';
import type { TransactionItem } from '@cloudnestle/contracts/items/transaction';
import { initiatedEventId } from '@cloudnestle/payments/build-events';
import type { Catalogue } from '@cloudnestle/payments/catalogue';
import { addMs, type Clock, toTimestamp } from '@cloudnestle/payments/clock';
import { dayShardOf, firstCheckAt, openShardOf } from '@cloudnestle/payments/index-keys';
import { ORDER_LIFETIME_SECONDS, type ReadOrder, readOrder } from '@cloudnestle/payments/order';
import { isWritten } from '@cloudnestle/runtime/aws-errors';
import { readTransaction } from '@cloudnestle/runtime/read-transaction';
import { indexShardCount } from '@cloudnestle/topology/tables';
import type { Claim } from './checkout-slots.ts';
import type { Purchase } from './read-purchase.ts';

/** Where the buyer pays, and the gateway's id of the order there. */
export interface Page {
  redirectUrl: string;
  gatewayOrderId: string;
}

/** The rows of `marketplace-payment-transactions`, as far as the upgrade call writes them. */
export interface OrderRows {
  /** As it stands now (consistent read). */
  find(transactionId: string): Promise<ReadOrder | undefined>;
  /** Writes a row that must not be there. False: another request's row is, or this one was fenced since. */
  create(row: TransactionItem): Promise<boolean>;
  /** Adds the payment page. False: the row was fenced or has an outcome, so the page must not be handed out. */
  storePage(transactionId: string, page: Page & { expiresAt: string }): Promise<boolean>;
  /** Says anew whom the invoice is made out to. False: the order has an outcome, and its invoice may be there. */
  storeBilling(transactionId: string, billing: Billing): Promise<boolean>;
  /** Forbids the row ever to get a page. False: it has one, or there is no row. */
  fence(transactionId: string, supersededBy: string): Promise<boolean>;
}

export function createOrderRows(deps: {
  dynamo: DynamoDBDocumentClient;
  table: string;
  catalogue: Catalogue;
  now: Clock;
}): OrderRows {
  const { dynamo, table, catalogue, now } = deps;
  return {
    find: async (transactionId) => {
      const item = await readTransaction(dynamo, table, transactionId);
      return item && readOrder(item, catalogue);
    },
    create: async (row) => {
      const put = new PutCommand({
        TableName: table,
        Item: row,
        ConditionExpression: 'attribute_not_exists(transactionId)',
      });
      if (await isWritten(dynamo.send(put))) return true;
      // A repeat after a lost answer loses to itself (rule 9). It must not write again: a put replaces the
      // whole row, and a fence set in between would be gone.
      const current = await readTransaction(dynamo, table, row.transactionId);
      return current?.createdBy === row.createdBy && current?.supersededBy === row.supersededBy;
    },
    storePage: (transactionId, { redirectUrl, gatewayOrderId, expiresAt }) => {
      const update = new UpdateCommand({
        TableName: table,
        Key: { transactionId },
        UpdateExpression:
          'SET redirectUrl = :url, phonepeOrderId = :id, expiresAt = :expiry, updatedAt = :now',
        ConditionExpression: 'attribute_not_exists(supersededBy) AND #status = :pending',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: {
          ':url': redirectUrl,
          ':id': gatewayOrderId,
          ':expiry': expiresAt,
          ':now': toTimestamp(now()),
          ':pending': 'PENDING',
        },
      });
      return isWritten(dynamo.send(update));
    },
    storeBilling: (transactionId, billing) => {
      const update = new UpdateCommand({
        TableName: table,
        Key: { transactionId },
        UpdateExpression: 'SET billing = :billing, updatedAt = :now',
        ConditionExpression: '#status = :pending',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: {
          ':billing': billing,
          ':now': toTimestamp(now()),
          ':pending': 'PENDING',
        },
      });
      return isWritten(dynamo.send(update));
    },
    fence: (transactionId, supersededBy) => {
      const update = new UpdateCommand({
        TableName: table,
        Key: { transactionId },
        UpdateExpression: 'SET supersededBy = :by, updatedAt = :now',
        ConditionExpression:
          'attribute_exists(transactionId) AND attribute_not_exists(redirectUrl)',
        ExpressionAttributeValues: { ':by': supersededBy, ':now': toTimestamp(now()) },
      });
      return isWritten(dynamo.send(update));
    },
  };
}

export type NewRow = TransactionItem & { expiresAt: string };

/** The order's row before the gateway has heard of it: PENDING, and already where the sweep finds it. */
export function buildRow(
  { userId, userEmail, plan, frontend, billing }: Purchase,
  { merchantOrderId, transactionId, claimId }: Omit<Claim, 'checkoutKey'>,
  facts: { now: Date; gateway: string },
): NewRow {
  const createdAt = toTimestamp(facts.now);
  return {
    transactionId,
    merchantOrderId,
    userId,
    userEmail,
    tier: plan.tier,
    amount: plan.amountInPaisa,
    currency: plan.currency,
    plan,
    status: 'PENDING',
    paymentMethod: facts.gateway,
    source: frontend.id,
    ...(billing === undefined ? {} : { billing }),
    createdAt,
    updatedAt: createdAt,
    expiresAt: toTimestamp(addMs(facts.now, ORDER_LIFETIME_SECONDS * 1000)),
    createdBy: claimId,
    history: { [initiatedEventId(merchantOrderId)]: { what: 'created', at: createdAt } },
    openShard: openShardOf(transactionId, indexShardCount),
    nextCheckAt: firstCheckAt(facts.now),
    dayShard: dayShardOf(transactionId, facts.now, indexShardCount),
  };
}
