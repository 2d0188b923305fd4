import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { EntitlementItem } from '@cloudnestle/contracts/items/entitlement';
import type { RecordKey } from '@cloudnestle/payments/access';
import { isWritten } from '@cloudnestle/runtime/aws-errors';
import { type ItemChange, type MergeResult, mergeItem } from '@cloudnestle/runtime/merge-item';
import type { ReadItem } from '@cloudnestle/runtime/read-item';

/** The entitlement records, as far as this subscriber writes them. */
export interface EntitlementStore {
  /** Brings an existing record to what the merge wants; a missing one stays missing. */
  merge(
    key: RecordKey,
    merge: (record: Record<string, unknown>) => ItemChange | undefined,
  ): Promise<MergeResult>;
  /**
   * False where the record is there already: written by another delivery, or by this very call when its answer was
   * lost.
   */
  create(record: EntitlementItem): Promise<boolean>;
}

export function createEntitlementStore(
  dynamo: DynamoDBDocumentClient,
  table: string,
  read: ReadItem,
): EntitlementStore {
  return {
    merge: ({ pk, sk }, merge) => mergeItem({ dynamo, table, read }, { pk, sk }, merge),
    create: (record) =>
      isWritten(
        dynamo.send(
          new PutCommand({
            TableName: table,
            Item: record,
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        ),
      ),
  };
}
