import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { ifConditionHolds } from '@cloudnestle/runtime/aws-errors';
import { createItemReader } from '@cloudnestle/runtime/item-reader';
import { mergeItem } from '@cloudnestle/runtime/merge-item';
import { createListByGatewayOrder } from '@cloudnestle/runtime/read-transaction';
import type { TransactionRows } from './record-on-row.ts';

/** The orders' rows in DynamoDB. */
export function createTransactionRows(deps: {
  dynamo: DynamoDBDocumentClient;
  table: string;
  /** The index by the gateway's order id. */
  gatewayOrderIndex: string;
}): TransactionRows {
  const { dynamo, table, gatewayOrderIndex } = deps;
  // The rows that the records of one batch are about are read together.
  const read = createItemReader(dynamo);
  return {
    merge: async (transactionId, merge, seen) => {
      const key = { transactionId };
      if (seen) {
        const result = await mergeItem({ dynamo, table, read: async () => seen }, key, merge);
        // A write has shown how the row stands now; where there was nothing to write, it is read.
        if (result.kind !== 'unchanged') return result;
      }
      return mergeItem({ dynamo, table, read }, key, merge);
    },
    find: (transactionId) => read({ table, key: { transactionId } }),
    listByGatewayOrder: createListByGatewayOrder(dynamo, { table, index: gatewayOrderIndex }),
    lowerHistoryTime: async (transactionId, entry) => {
      await ifConditionHolds(
        dynamo.send(
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
        ),
      );
    },
  };
}
