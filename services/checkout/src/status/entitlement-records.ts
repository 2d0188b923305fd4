import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { entitlementItemSchema } from '@cloudnestle/contracts/items/entitlement';
import { normaliseEmail } from '@cloudnestle/payments/order-ids';
import type * as z from 'zod';
import { withoutNulls } from '../without-nulls.ts';

const recordSchema = entitlementItemSchema.pick({
  tier: true,
  access_tier: true,
  accessTier: true,
  status: true,
});

/** An entitlement record as far as it says who may do what. */
export type EntitlementRecord = z.infer<typeof recordSchema>;

/** Looks up one owner's record for one solution. An owner is a user id or an email, in one spelling. */
export type FindEntitlement = (
  owner: string,
  solutionId: string,
) => Promise<EntitlementRecord | undefined>;

/** Records as they stand now (consistent read). One that cannot be read is there and grants nothing. */
export function createFindEntitlement(
  dynamo: DynamoDBDocumentClient,
  table: string,
): FindEntitlement {
  return async (owner, solutionId) => {
    const Key = { pk: `user#${owner}`, sk: `solution#${solutionId}` };
    const answer = await dynamo.send(
      new GetCommand({ TableName: table, Key, ConsistentRead: true }),
    );
    return answer.Item && (recordSchema.safeParse(withoutNulls(answer.Item)).data ?? {});
  };
}

/**
 * Under which names a buyer's records are kept: the user id, the email as the order has it, lower-cased, and the user's
 * email of today (design, Tables).
 */
export function listOwners(
  row: { userId: string; userEmail: string },
  user: { email: string },
): string[] {
  const emails = [row.userEmail, user.email];
  return [...new Set([row.userId, ...emails, ...emails.map(normaliseEmail)])];
}
