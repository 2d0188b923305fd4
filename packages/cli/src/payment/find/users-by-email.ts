import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { normaliseEmail } from '@cloudnestle/payments/order-ids';
import * as z from 'zod';

const hitsSchema = z.array(z.object({ userId: z.string() }));

/** Ids of the users that the index has under an address, as it is spelled and lower-cased. The index lags. */
export type FindUsersByEmail = (email: string) => Promise<string[]>;

export function createFindUsersByEmail(deps: {
  dynamo: DynamoDBDocumentClient;
  table: string;
  index: string;
}): FindUsersByEmail {
  const query = async (email: string): Promise<string[]> => {
    const { Items } = await deps.dynamo.send(
      new QueryCommand({
        TableName: deps.table,
        IndexName: deps.index,
        KeyConditionExpression: 'email = :email',
        ExpressionAttributeValues: { ':email': email },
      }),
    );
    return hitsSchema.parse(Items ?? []).map(({ userId }) => userId);
  };
  return async (email) => {
    const spellings = new Set([email.trim(), normaliseEmail(email)]);
    const found = await Promise.all([...spellings].map(query));
    return [...new Set(found.flat())];
  };
}
