import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';

/** The address in the user's row now (consistent read), or undefined where there is no row or no address. */
export async function readUserEmail(
  dynamo: DynamoDBDocumentClient,
  table: string,
  userId: string,
): Promise<string | undefined> {
  const answer = await dynamo.send(
    new GetCommand({ TableName: table, Key: { userId }, ConsistentRead: true }),
  );
  const email: unknown = answer.Item?.email;
  return typeof email === 'string' ? email : undefined;
}
