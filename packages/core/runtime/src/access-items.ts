import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { entitlementItemSchema } from '@cloudnestle/contracts/items/entitlement';
import { grantsShape } from '@cloudnestle/contracts/items/grant';
import { userItemSchema } from '@cloudnestle/contracts/items/user';
import type { FindRecord, FindUser } from '@cloudnestle/payments/access';

/** A map that cannot be read, or a base of another kind, hides nothing else of an item. */
const lenientGrants = {
  grants: grantsShape.grants.catch(undefined),
  baseTier: grantsShape.baseTier.catch(undefined),
};

const userSchema = userItemSchema
  .pick({ userId: true, email: true, subscriptionTier: true, subscriptionStatus: true })
  .extend(lenientGrants);

/** Users as they stand now (consistent read). A row without an email counts as none. */
export function createFindUser(dynamo: DynamoDBDocumentClient, table: string): FindUser {
  return async (userId) => {
    const answer = await dynamo.send(
      new GetCommand({ TableName: table, Key: { userId }, ConsistentRead: true }),
    );
    return answer.Item && userSchema.safeParse(withoutNulls(answer.Item)).data;
  };
}

const recordSchema = entitlementItemSchema
  .pick({ tier: true, access_tier: true, accessTier: true, status: true })
  .extend(lenientGrants);

/** Entitlement records as they stand now (consistent read). One that cannot be read is there and grants nothing. */
export function createFindRecord(dynamo: DynamoDBDocumentClient, table: string): FindRecord {
  return async ({ pk, sk }) => {
    const answer = await dynamo.send(
      new GetCommand({ TableName: table, Key: { pk, sk }, ConsistentRead: true }),
    );
    return answer.Item && (recordSchema.safeParse(withoutNulls(answer.Item)).data ?? {});
  };
}

/** An item of a table that other systems write too: what they store as NULL counts as absent. */
function withoutNulls(item: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value !== null));
}
