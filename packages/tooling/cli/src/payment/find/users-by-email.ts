import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { listSpellings } from '@cloudnestle/payments/email';
import * as z from 'zod';

const hitsSchema = z.array(z.object({ userId: z.string() }));

/** Ids of the users that the index has under an address, in whatever spelling it may be stored. The index lags. */
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
    const found = await Promise.all(listSpellings(email).map(query));
    return [...new Set(found.flat())];
  };
}
