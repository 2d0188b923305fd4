import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { userItemSchema } from '@cloudnestle/contracts/items/user';
import type { FindUser } from '@cloudnestle/payments/access/read-access-items';
import { withoutNulls } from './without-nulls.ts';

const userSchema = userItemSchema.pick({
  userId: true,
  email: true,
  subscriptionTier: true,
  subscriptionStatus: true,
});

/** Users as they stand now (consistent read). A row without an email is nobody who could be asked to pay. */
export function createFindUser(dynamo: DynamoDBDocumentClient, table: string): FindUser {
  return async (userId) => {
    const answer = await dynamo.send(
      new GetCommand({ TableName: table, Key: { userId }, ConsistentRead: true }),
    );
    return answer.Item && userSchema.safeParse(withoutNulls(answer.Item)).data;
  };
}
