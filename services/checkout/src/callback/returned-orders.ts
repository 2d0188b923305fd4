import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Catalogue } from '@cloudnestle/payments/catalogue';
import { addMs, type Clock, toTimestamp } from '@cloudnestle/payments/clock';
import { type ReadOrder, readOrder } from '@cloudnestle/payments/order';
import { isWritten } from '@cloudnestle/runtime/aws-errors';
import { readTransaction } from '@cloudnestle/runtime/read-transaction';

/** Within this time of one question about an order no other is asked: the gateway's own closest polling interval. */
const ASK_AGAIN_AFTER_MS = 3000;

/** The rows of `marketplace-payment-transactions`, as far as the browser's return reads and marks them. */
export interface ReturnedOrders {
  /** As it stands now (consistent read). */
  find(transactionId: string): Promise<ReadOrder | undefined>;
  /** Takes the right to ask the gateway about an order for `askId`. False: another return has just asked. */
  claimCheck(transactionId: string, askId: string): Promise<boolean>;
}

export function createReturnedOrders(deps: {
  dynamo: DynamoDBDocumentClient;
  table: string;
  catalogue: Catalogue;
  now: Clock;
}): ReturnedOrders {
  const { dynamo, table, catalogue, now } = deps;
  return {
    find: async (transactionId) => {
      const item = await readTransaction(dynamo, table, transactionId);
      return item && readOrder(item, catalogue);
    },
    claimCheck: (transactionId, askId) => {
      const at = now();
      const update = new UpdateCommand({
        TableName: table,
        Key: { transactionId },
        UpdateExpression: 'SET statusCheckedAt = :now, statusCheckedBy = :me',
        // A repeat after a lost answer must not lose to itself (rule 9).
        ConditionExpression:
          'attribute_exists(transactionId) AND ' +
          '(attribute_not_exists(statusCheckedAt) OR statusCheckedAt <= :before OR statusCheckedBy = :me)',
        ExpressionAttributeValues: {
          ':now': toTimestamp(at),
          ':before': toTimestamp(addMs(at, -ASK_AGAIN_AFTER_MS)),
          ':me': askId,
        },
      });
      return isWritten(dynamo.send(update));
    },
  };
}
