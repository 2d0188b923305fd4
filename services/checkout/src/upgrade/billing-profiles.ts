import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Billing } from '@cloudnestle/contracts/billing';
import { type Clock, toTimestamp } from '@cloudnestle/payments/clock';
import { toBillingKey } from '@cloudnestle/payments/order-ids';

/** Whom each buyer's last order was made out to: an invoice falls back on it where an order does not say it. */
export interface BillingProfiles {
  /** The last word counts. */
  keep(userId: string, billing: Billing): Promise<void>;
}

/** Kept in the checkouts table, beside the buyer's slots. */
export function createBillingProfiles(deps: {
  dynamo: DynamoDBDocumentClient;
  table: string;
  now: Clock;
}): BillingProfiles {
  const { dynamo, table, now } = deps;
  return {
    keep: async (userId, billing) => {
      await dynamo.send(
        new UpdateCommand({
          TableName: table,
          Key: { checkoutKey: toBillingKey(userId) },
          UpdateExpression: 'SET billing = :billing, updatedAt = :now',
          ExpressionAttributeValues: { ':billing': billing, ':now': toTimestamp(now()) },
        }),
      );
    },
  };
}
