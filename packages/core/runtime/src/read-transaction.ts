import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';

/** The order's row as it stands now (consistent read), or undefined. Unparsed: `readOrder` makes an order of it. */
export async function readTransaction(
  dynamo: DynamoDBDocumentClient,
  table: string,
  transactionId: string,
): Promise<Record<string, unknown> | undefined> {
  const answer = await dynamo.send(
    new GetCommand({ TableName: table, Key: { transactionId }, ConsistentRead: true }),
  );
  return answer.Item;
}
