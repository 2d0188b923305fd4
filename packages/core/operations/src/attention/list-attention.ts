import { type DynamoDBDocumentClient, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { type Attention, readAttention } from '@cloudnestle/payments/attention/attention';
import { attentionShardKeys } from '@cloudnestle/payments/index-keys';
import { indexShardCount } from '@cloudnestle/topology/tables';

/** An order that needs an operator. */
export interface OrderInAttention {
  transactionId: string;
  /** The oldest reason first; at least one. */
  attention: readonly Attention[];
  /** The order's row as the index has it, unparsed: it may be a moment behind. */
  item: Readonly<Record<string, unknown>>;
}

/** Pages of the orders that need an operator, the longest waiting first within each shard of the index. */
export type ListAttention = () => AsyncIterable<OrderInAttention[]>;

/** Reads the index of orders in attention, page by page. Throws what DynamoDB answers. */
export function createListAttention(deps: {
  dynamo: DynamoDBDocumentClient;
  table: string;
  index: string;
  /** Orders in a page; left out: as many as one answer holds (1 MB). */
  pageSize?: number;
}): ListAttention {
  return async function* list() {
    for (const shard of attentionShardKeys(indexShardCount)) {
      const pages = paginateQuery(
        { client: deps.dynamo, ...(deps.pageSize ? { pageSize: deps.pageSize } : {}) },
        {
          TableName: deps.table,
          IndexName: deps.index,
          KeyConditionExpression: 'attentionShard = :shard',
          ExpressionAttributeValues: { ':shard': shard },
        },
      );
      for await (const { Items = [] } of pages) yield Items.flatMap(toOrder);
    }
  };
}

function toOrder(item: Record<string, unknown>): OrderInAttention[] {
  const attention = readAttention(item);
  if (attention.length === 0) return [];
  return [{ transactionId: String(item.transactionId), attention, item }];
}
