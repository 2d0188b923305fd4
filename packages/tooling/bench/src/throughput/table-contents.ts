import {
  BatchWriteCommand,
  type DynamoDBDocumentClient,
  paginateScan,
} from '@aws-sdk/lib-dynamodb';
import type { TableDefinition } from '@cloudnestle/topology/types';

type Item = Record<string, unknown>;

/** Everything in some tables, to be put back later. */
export type Contents = ReadonlyMap<TableDefinition, readonly Item[]>;

export async function readTables(
  dynamo: DynamoDBDocumentClient,
  tables: readonly TableDefinition[],
): Promise<Contents> {
  return new Map(
    await Promise.all(tables.map(async (table) => [table, await scan(dynamo, table)] as const)),
  );
}

/** Makes the tables hold exactly these contents again. */
export async function restoreTables(
  dynamo: DynamoDBDocumentClient,
  contents: Contents,
): Promise<void> {
  for (const [table, items] of contents) {
    const kept = new Set(items.map((item) => JSON.stringify(keyOf(table, item))));
    const keys = (await scan(dynamo, table)).map((item) => keyOf(table, item));
    const gone = keys.filter((key) => !kept.has(JSON.stringify(key)));
    await write(dynamo, table, [
      ...gone.map((Key) => ({ DeleteRequest: { Key } })),
      ...items.map((Item) => ({ PutRequest: { Item } })),
    ]);
  }
}

/** What one BatchWriteItem takes. */
const BATCH = 25;

type WriteRequest = { DeleteRequest: { Key: Item } } | { PutRequest: { Item: Item } };

async function write(
  dynamo: DynamoDBDocumentClient,
  table: TableDefinition,
  requests: readonly WriteRequest[],
): Promise<void> {
  for (let start = 0; start < requests.length; start += BATCH) {
    const batch = requests.slice(start, start + BATCH);
    const answer = await dynamo.send(
      new BatchWriteCommand({ RequestItems: { [table.name]: batch } }),
    );
    if (answer.UnprocessedItems?.[table.name]?.length) {
      throw new Error(`${table.name} took only a part of its contents`);
    }
  }
}

async function scan(dynamo: DynamoDBDocumentClient, table: TableDefinition): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of paginateScan(
    { client: dynamo },
    { TableName: table.name, ConsistentRead: true },
  )) {
    items.push(...(page.Items ?? []));
  }
  return items;
}

function keyOf({ partitionKey, sortKey }: TableDefinition, item: Item): Item {
  return {
    [partitionKey]: item[partitionKey],
    ...(sortKey === undefined ? {} : { [sortKey]: item[sortKey] }),
  };
}
