import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { TransactionItem } from '@cloudnestle/contracts/items/transaction';
import { isConditionFailed } from '@cloudnestle/runtime/aws-errors';
import { readTransaction } from '@cloudnestle/runtime/read-transaction';

/** The table of orders. */
export interface OrderTable {
  dynamo: DynamoDBDocumentClient;
  table: string;
}

/**
 * Writes a row where there is none; answers whether this call did. An update and no put: it is what operators may do. A
 * repeat after a lost answer finds its own row by `createdBy`.
 */
export async function writeLostRow(
  { dynamo, table }: OrderTable,
  { transactionId, ...attributes }: TransactionItem & { createdBy: string },
): Promise<boolean> {
  const entries = Object.entries(attributes).filter(([, value]) => value !== undefined);
  try {
    await dynamo.send(
      new UpdateCommand({
        TableName: table,
        Key: { transactionId },
        UpdateExpression: `SET ${entries.map((_, at) => `#n${at} = :v${at}`).join(', ')}`,
        ConditionExpression: 'attribute_not_exists(#key)',
        ExpressionAttributeNames: {
          '#key': 'transactionId',
          ...Object.fromEntries(entries.map(([name], at) => [`#n${at}`, name])),
        },
        ExpressionAttributeValues: Object.fromEntries(
          entries.map(([, value], at) => [`:v${at}`, value]),
        ),
      }),
    );
    return true;
  } catch (error) {
    if (!isConditionFailed(error)) throw error;
    const row = await readTransaction(dynamo, table, transactionId);
    return row?.createdBy === attributes.createdBy;
  }
}
