import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import type { TableDefinition } from '@cloudnestle/topology/types';

/** Creates a table with its indexes, on demand; one that is there already is left as it is. */
export async function createTable(
  dynamo: DynamoDBClient,
  name: string,
  definition: TableDefinition,
): Promise<void> {
  const attributes = new Set<string>([definition.partitionKey]);
  if (definition.sortKey) attributes.add(definition.sortKey);
  for (const index of definition.indexes) {
    attributes.add(index.partitionKey);
    if (index.sortKey) attributes.add(index.sortKey);
  }
  const indexes = definition.indexes.map((index) => ({
    IndexName: index.name,
    KeySchema: keySchema(index),
    Projection: { ProjectionType: 'ALL' as const },
  }));
  try {
    await dynamo.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: keySchema(definition),
        AttributeDefinitions: [...attributes].map((attribute) => ({
          AttributeName: attribute,
          AttributeType: 'S' as const,
        })),
        ...(indexes.length > 0 ? { GlobalSecondaryIndexes: indexes } : {}),
      }),
    );
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
  const described = await dynamo.send(new DescribeTableCommand({ TableName: name }));
  if (described.Table?.TableStatus === 'ACTIVE') return;
  await waitUntilTableExists(
    { client: dynamo, maxWaitTime: 60, minDelay: 0.05, maxDelay: 1 },
    { TableName: name },
  );
}

function keySchema(keys: { partitionKey: string; sortKey?: string }) {
  return [
    { AttributeName: keys.partitionKey, KeyType: 'HASH' as const },
    ...(keys.sortKey ? [{ AttributeName: keys.sortKey, KeyType: 'RANGE' as const }] : []),
  ];
}
