import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  paginateQuery,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';
import { isWritten } from '@cloudnestle/runtime/aws-errors';
import { type ItemChange, type MergeResult, mergeItem } from '@cloudnestle/runtime/merge-item';
import { readFromCursor, writeListCursor } from './list-cursor.ts';

type Item = Record<string, unknown>;

export interface ItemKey {
  pk: string;
  sk: string;
}

/** A page of a list, and where the next one begins. */
export interface Page<Entry> {
  entries: Entry[];
  nextCursor: string | undefined;
}

/** What a list is of. */
export interface ListQuery {
  of:
    | { index: 'time'; timeKey: string }
    | { index: 'order'; transactionId: string }
    | { index: 'none'; pk: string; skPrefix?: string };
  latestFirst: boolean;
  limit?: number | undefined;
  cursor?: string | undefined;
}

/** `marketplace-payment-operations`: every write of it is conditional, every single read consistent. */
export interface OperationsTable {
  find(key: ItemKey): Promise<Item | undefined>;
  /** False where there is such an item already. */
  create(item: Item & ItemKey): Promise<boolean>;
  /** Whatever stands there. */
  put(item: Item & ItemKey): Promise<void>;
  /** Only where the condition holds; false: it does not. */
  putIf(item: Item & ItemKey, condition: Condition): Promise<boolean>;
  merge(key: ItemKey, merge: (row: Item) => ItemChange | undefined): Promise<MergeResult>;
  /** Unconditional, or only where the condition holds. */
  remove(key: ItemKey, condition?: Condition): Promise<void>;
  /** How many items a partition has. */
  count(pk: string): Promise<number>;
  /** Indexes lag a moment; a list by its partition is consistent. */
  list(query: ListQuery): Promise<Page<Item>>;
}

interface Condition {
  ConditionExpression: string;
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Record<string, unknown>;
}

export function createOperationsTable(where: {
  dynamo: DynamoDBDocumentClient;
  table: string;
  byTime: string;
  byOrder: string;
}): OperationsTable {
  const { dynamo, table: TableName, byTime, byOrder } = where;
  const putIf = (item: Item, condition: Condition) =>
    isWritten(dynamo.send(new PutCommand({ TableName, Item: dropUndefined(item), ...condition })));
  return {
    find: async (key) =>
      (await dynamo.send(new GetCommand({ TableName, Key: { ...key }, ConsistentRead: true })))
        .Item,
    create: (item) => putIf(item, { ConditionExpression: 'attribute_not_exists(pk)' }),
    put: async (item) => {
      await dynamo.send(new PutCommand({ TableName, Item: dropUndefined(item) }));
    },
    putIf,
    merge: (key, merge) => mergeItem({ dynamo, table: TableName }, { ...key }, merge),
    remove: async (key, condition = { ConditionExpression: 'attribute_exists(pk)' }) => {
      await isWritten(dynamo.send(new DeleteCommand({ TableName, Key: { ...key }, ...condition })));
    },
    count: async (pk) => {
      const pages = paginateQuery(
        { client: dynamo },
        {
          TableName,
          ConsistentRead: true,
          Select: 'COUNT',
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': pk },
        },
      );
      let count = 0;
      for await (const { Count = 0 } of pages) count += Count;
      return count;
    },
    list: async ({ of, latestFirst, limit, cursor }) => {
      const { Items = [], LastEvaluatedKey } = await readFromCursor(cursor, (start) =>
        dynamo.send(
          new QueryCommand({
            TableName,
            ...toKeyCondition(of, { byTime, byOrder }),
            ScanIndexForward: !latestFirst,
            ...(limit === undefined ? {} : { Limit: limit }),
            ...start,
          }),
        ),
      );
      return {
        entries: Items,
        nextCursor: LastEvaluatedKey === undefined ? undefined : writeListCursor(LastEvaluatedKey),
      };
    },
  };
}

function toKeyCondition(of: ListQuery['of'], names: { byTime: string; byOrder: string }) {
  switch (of.index) {
    case 'time':
      return {
        IndexName: names.byTime,
        KeyConditionExpression: 'timeKey = :key',
        ExpressionAttributeValues: { ':key': of.timeKey },
      };
    case 'order':
      return {
        IndexName: names.byOrder,
        KeyConditionExpression: 'transactionId = :key',
        ExpressionAttributeValues: { ':key': of.transactionId },
      };
    case 'none':
      return {
        ConsistentRead: true,
        KeyConditionExpression:
          of.skPrefix === undefined ? 'pk = :key' : 'pk = :key AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: {
          ':key': of.pk,
          ...(of.skPrefix === undefined ? {} : { ':prefix': of.skPrefix }),
        },
      };
  }
}

function dropUndefined(item: Item): Item {
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined));
}

/** The second after which DynamoDB may remove an item. */
export function expiresAfter(now: Date, days: number): number {
  return Math.floor(now.getTime() / 1000) + days * 86_400;
}
