import { type DynamoDBDocumentClient, PutCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { type RevenueItem, revenueItemSchema } from '@cloudnestle/contracts/items/revenue';
import { isWritten } from '@cloudnestle/runtime/aws-errors';

/** The counted days, in the operators' table. */
export interface RevenueDays {
  /** Those from `from` to `to`, both included, the earliest first, read consistently. */
  list(range: { from: string; to: string }): Promise<RevenueItem[]>;
  /** Keeps a count; false: one that began later stands there. */
  keep(item: RevenueItem): Promise<boolean>;
}

const PARTITION = 'revenue';

export function createRevenueDays(dynamo: DynamoDBDocumentClient, table: string): RevenueDays {
  return {
    list: async ({ from, to }) => {
      const pages = paginateQuery(
        { client: dynamo },
        {
          TableName: table,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
          ExpressionAttributeValues: { ':pk': PARTITION, ':from': from, ':to': to },
        },
      );
      const found: RevenueItem[] = [];
      for await (const { Items = [] } of pages) {
        // What a later version has written counts as not counted.
        found.push(...Items.flatMap((item) => revenueItemSchema.safeParse(item).data ?? []));
      }
      return found;
    },
    keep: (item) =>
      isWritten(
        dynamo.send(
          new PutCommand({
            TableName: table,
            Item: item,
            ConditionExpression: 'attribute_not_exists(pk) OR countedAt <= :countedAt',
            ExpressionAttributeValues: { ':countedAt': item.countedAt },
          }),
        ),
      ),
  };
}
