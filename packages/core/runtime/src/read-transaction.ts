import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { readOneByOne } from './read-item.ts';

/** The order's row as it stands now (consistent read), or undefined. Unparsed: `readOrder` makes an order of it. */
export function readTransaction(
  dynamo: DynamoDBDocumentClient,
  table: string,
  transactionId: string,
): Promise<Record<string, unknown> | undefined> {
  return readOneByOne(dynamo)({ table, key: { transactionId } });
}

/** The orders' rows, as far as one of them is looked up by the gateway's id of it. */
export interface OrdersByGatewayId {
  /** A row as it stands now (consistent read), undefined where there is none. */
  find(transactionId: string): Promise<Record<string, unknown> | undefined>;
  /** Transaction ids of the rows that had this order id of the gateway's; an index may be a moment behind. */
  listByGatewayOrder(gatewayOrderId: string): Promise<string[]>;
}

/**
 * The row of the one order that the gateway knows by this id. The index may be behind, so the row itself decides. Two
 * rows with one id are as good as none.
 */
export async function findByGatewayId(
  rows: OrdersByGatewayId,
  gatewayOrderId: string,
): Promise<Record<string, unknown> | undefined> {
  const [transactionId, ...others] = await rows.listByGatewayOrder(gatewayOrderId);
  if (transactionId === undefined || others.length > 0) return undefined;
  const row = await rows.find(transactionId);
  return row?.phonepeOrderId === gatewayOrderId ? row : undefined;
}

const keysSchema = z.array(z.object({ transactionId: z.string() }));

/** Asks the index of `table` by the gateway's order id. */
export function createListByGatewayOrder(
  dynamo: DynamoDBDocumentClient,
  { table, index }: { table: string; index: string },
): OrdersByGatewayId['listByGatewayOrder'] {
  return async (gatewayOrderId) => {
    const answer = await dynamo.send(
      new QueryCommand({
        TableName: table,
        IndexName: index,
        KeyConditionExpression: 'phonepeOrderId = :id',
        ExpressionAttributeValues: { ':id': gatewayOrderId },
        ProjectionExpression: 'transactionId',
        // One is expected; two are already one too many.
        Limit: 2,
      }),
    );
    return keysSchema.parse(answer.Items ?? []).map(({ transactionId }) => transactionId);
  };
}
