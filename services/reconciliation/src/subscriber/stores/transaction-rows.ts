import { type DynamoDBDocumentClient, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { isConditionFailed } from '@cloudnestle/runtime/aws-errors';
import { mergeItem } from '@cloudnestle/runtime/merge-item';
import { readTransaction } from '@cloudnestle/runtime/read-transaction';
import * as z from 'zod';
import type { TransactionRows } from '../dependencies.ts';

const keysSchema = z.array(z.object({ transactionId: z.string() }));

/** The orders' rows in DynamoDB. */
export function createTransactionRows(deps: {
  dynamo: DynamoDBDocumentClient;
  table: string;
  /** The index by the gateway's order id. */
  gatewayOrderIndex: string;
}): TransactionRows {
  const { dynamo, table, gatewayOrderIndex } = deps;
  return {
    merge: (transactionId, merge) => mergeItem({ dynamo, table }, { transactionId }, merge),
    find: (transactionId) => readTransaction(dynamo, table, transactionId),
    listByGatewayOrder: async (gatewayOrderId) => {
      const answer = await dynamo.send(
        new QueryCommand({
          TableName: table,
          IndexName: gatewayOrderIndex,
          KeyConditionExpression: 'phonepeOrderId = :id',
          ExpressionAttributeValues: { ':id': gatewayOrderId },
          ProjectionExpression: 'transactionId',
          // One is expected; two are already one too many.
          Limit: 2,
        }),
      );
      return keysSchema.parse(answer.Items ?? []).map(({ transactionId }) => transactionId);
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
              '#entry': entry.eventId,
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
