import type { KeySchemaElement, TableDescription } from '@aws-sdk/client-dynamodb';

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
