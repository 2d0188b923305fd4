import type { KeySchemaElement, TableDescription } from '@aws-sdk/client-dynamodb';
import {
  type EnvironmentSecret,
  environmentSecretSchema,
} from '@cloudnestle/contracts/secrets/environment';
import type { SeenKeys, SeenTable } from '@cloudnestle/topology/judge/table';
import { defaultIndexNames, tables } from '@cloudnestle/topology/tables';
import type { TableDefinition } from '@cloudnestle/topology/types';

/** The topology's tables and indexes under the names that they have on this stage. */
export function nameTables(
  stage: Pick<EnvironmentSecret, 'tables' | 'indexes'>,
): TableDefinition[] {
  const { indexes, tables: names } = environmentSecretSchema.shape;
  const indexNames = new Map(
    indexes.keyof().options.map((key) => [defaultIndexNames[key], stage.indexes[key]]),
  );
  return names.keyof().options.map((key) => ({
    ...tables[key],
    name: stage.tables[key],
    indexes: tables[key].indexes.map((index) => ({
      ...index,
      name: indexNames.get(index.name) ?? index.name,
    })),
  }));
}

/** A table as DynamoDB describes it, for the judge of tables. */
export function readTable(table: TableDescription): SeenTable {
  return {
    ...readKeys(table, table.KeySchema),
    indexes: (table.GlobalSecondaryIndexes ?? []).map((index) => ({
      ...readKeys(table, index.KeySchema),
      name: index.IndexName ?? '',
      projection: index.Projection?.ProjectionType,
    })),
  };
}

function readKeys(
  { AttributeDefinitions = [] }: TableDescription,
  schema: readonly KeySchemaElement[] = [],
): SeenKeys {
  const find = (kind: KeySchemaElement['KeyType']) => {
    const name = schema.find(({ KeyType }) => KeyType === kind)?.AttributeName;
    const definition = AttributeDefinitions.find(({ AttributeName }) => AttributeName === name);
    return name === undefined ? undefined : { name, type: definition?.AttributeType };
  };
  return { partitionKey: find('HASH'), sortKey: find('RANGE') };
}
