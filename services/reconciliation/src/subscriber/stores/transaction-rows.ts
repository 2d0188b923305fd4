import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { isConditionFailed } from '@cloudnestle/runtime/aws-errors';
import { mergeItem } from '@cloudnestle/runtime/merge-item';
import { readTransaction } from '@cloudnestle/runtime/read-transaction';
import type { TransactionRows } from '../dependencies.ts';
import { toHistoryKey } from '../merge/history.ts';

/** The orders' rows in DynamoDB. */
export function createTransactionRows(
  dynamo: DynamoDBDocumentClient,
  table: string,
): TransactionRows {
  return {
    merge: (transactionId, merge) => mergeItem({ dynamo, table }, { transactionId }, merge),
    isRevoked: async (transactionId) => {
      const row = await readTransaction(dynamo, table, transactionId);
      return row?.accessRevokedAt !== undefined;
    },
    lowerHistoryTime: async (transactionId, entry) => {
      try {
        await dynamo.send(
          new UpdateCommand({
            TableName: table,
            Key: { transactionId },
            UpdateExpression: 'SET #history.#entry.#at = :at',
            ConditionExpression: '#history.#entry.#at > :at',
            ExpressionAttributeNames: {
              '#history': 'history',
              '#entry': toHistoryKey(entry.eventId),
              '#at': 'at',
            },
            ExpressionAttributeValues: { ':at': entry.at },
          }),
        );
      } catch (error) {
        if (!isConditionFailed(error)) throw error;
      }
    },
  };
}
