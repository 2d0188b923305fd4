import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { readTransaction } from '@cloudnestle/runtime/read-transaction';
import * as z from 'zod';
import { chunk } from '../../letters/chunk.ts';

/** An order as far as a list tells. */
export interface BuyersOrder {
  transactionId: string;
  createdAt: string;
  status: string;
  amountInPaisa: number | undefined;
  duplicateOf: string | undefined;
  accessRevokedAt: string | undefined;
}

export interface BuyersOrders {
  /** The newest first. */
  orders: BuyersOrder[];
  /** There are older ones, which were not looked at. */
  isCut: boolean;
}

/** The index of orders by user. */
export interface OrderIndex {
  dynamo: DynamoDBDocumentClient;
  table: string;
  index: string;
}

/** More than any buyer has who does not try them out. */
const MOST_ORDERS = 50;
const READS_AT_ONCE = 10;

const hitsSchema = z.array(z.object({ transactionId: z.string() }));

/** A buyer's orders, found through the index, which lags, and each row then read as it stands now. */
export async function listOrders(deps: OrderIndex, userId: string): Promise<BuyersOrders> {
  const { Items, LastEvaluatedKey } = await deps.dynamo.send(
    new QueryCommand({
      TableName: deps.table,
      IndexName: deps.index,
      KeyConditionExpression: 'userId = :userId',
      ExpressionAttributeValues: { ':userId': userId },
      ScanIndexForward: false,
      Limit: MOST_ORDERS,
    }),
  );
  const orders: BuyersOrder[] = [];
  for (const hits of chunk(hitsSchema.parse(Items ?? []), READS_AT_ONCE)) {
    const rows = await Promise.all(
      hits.map(({ transactionId }) => readTransaction(deps.dynamo, deps.table, transactionId)),
    );
    orders.push(...rows.flatMap((row) => (row?.userId === userId ? [toOrder(row)] : [])));
  }
  return { orders, isCut: LastEvaluatedKey !== undefined };
}

const text = z.string().optional().catch(undefined);
const rowSchema = z.object({
  transactionId: z.string(),
  createdAt: z.string().catch(''),
  status: z.string().catch('UNREADABLE'),
  amount: z.number().optional().catch(undefined),
  duplicateOf: text,
  accessRevokedAt: text,
});

function toOrder(row: Record<string, unknown>): BuyersOrder {
  const { amount, duplicateOf, accessRevokedAt, ...rest } = rowSchema.parse(row);
  return { ...rest, amountInPaisa: amount, duplicateOf, accessRevokedAt };
}
