import type { KeySchemaElement, TableDescription } from '@aws-sdk/client-dynamodb';
import {
  type EnvironmentSecret,
  environmentSecretSchema,
} from '@cloudnestle/contracts/secrets/environment';
import type { TableKey } from '@cloudnestle/topology/types';

/** The topology's tables with the names they have on this stage. */
export function listTables({ tables }: EnvironmentSecret): { key: TableKey; name: string }[] {
  const keys = environmentSecretSchema.shape.tables.keyof().options;
  return keys.map((key) => ({ key, name: tables[key] }));
}

const STRING = 'S';

/** The keys that the topology wants, in the words of `readKeys`. Keys are strings throughout. */
export function describeKeys(keys: { partitionKey: string; sortKey?: string }): string {
  return spell(keys.partitionKey, keys.sortKey);
}

/** The keys of a table or an index: `pk, sk`; with their type where that is none that our keys have. */
export function readKeys(
  { AttributeDefinitions = [] }: TableDescription,
  schema: readonly KeySchemaElement[] = [],
): string {
  const find = (type: KeySchemaElement['KeyType']) => {
    const name = schema.find(({ KeyType }) => KeyType === type)?.AttributeName;
    const definition = AttributeDefinitions.find(({ AttributeName }) => AttributeName === name);
    const isString = definition?.AttributeType === STRING;
    return name === undefined || isString ? name : `${name} (${definition?.AttributeType})`;
  };
  return spell(find('HASH'), find('RANGE'));
}

function spell(partitionKey: string | undefined, sortKey: string | undefined): string {
  return [partitionKey ?? 'nothing', sortKey].filter((name) => name !== undefined).join(', ');
}
