import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { entitlementItemSchema } from '@cloudnestle/contracts/items/entitlement';
import type { FindRecord } from '@cloudnestle/payments/access/read-access-items';
import { withoutNulls } from './without-nulls.ts';

const recordSchema = entitlementItemSchema.pick({
  tier: true,
  access_tier: true,
  accessTier: true,
  status: true,
});

/** Entitlement records as they stand now (consistent read). One that cannot be read is there and grants nothing. */
export function createFindRecord(dynamo: DynamoDBDocumentClient, table: string): FindRecord {
  return async ({ pk, sk }) => {
    const answer = await dynamo.send(
      new GetCommand({ TableName: table, Key: { pk, sk }, ConsistentRead: true }),
    );
    return answer.Item && (recordSchema.safeParse(withoutNulls(answer.Item)).data ?? {});
  };
}
