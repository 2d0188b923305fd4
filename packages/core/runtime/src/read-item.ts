import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';

type Item = Record<string, unknown>;

/** An item's place. */
export interface ItemKey {
  table: string;
  key: Readonly<Record<string, string>>;
}

/** Reads an item as it stands now (consistent read); undefined where there is none. */
export type ReadItem = (place: ItemKey) => Promise<Item | undefined>;

/** Each read is a call of its own. */
export function readOneByOne(dynamo: DynamoDBDocumentClient): ReadItem {
  return async ({ table, key }) => {
    const command = new GetCommand({ TableName: table, Key: { ...key }, ConsistentRead: true });
    return (await dynamo.send(command)).Item;
  };
}
