import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import {
  type EntitlementItem,
  entitlementItemSchema,
} from '@cloudnestle/contracts/items/entitlement';

export interface RecordReaderOptions {
  dynamo: DynamoDBDocumentClient;
  entitlementsTable: string;
  solutionId: string;
}

/** The record of a user id or an email, read consistently; undefined where there is none. */
export type ReadRecord = (owner: string) => Promise<EntitlementItem | undefined>;

/** Reads single entitlement records of one solution. */
export function createRecordReader(options: RecordReaderOptions): ReadRecord {
  const { dynamo, entitlementsTable, solutionId } = options;
  return async (owner) => {
    const command = new GetCommand({
      TableName: entitlementsTable,
      Key: { pk: `user#${owner}`, sk: `solution#${solutionId}` },
      ConsistentRead: true,
    });
    const { Item } = await dynamo.send(command);
    return Item && entitlementItemSchema.parse(Item);
  };
}
