import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { MailKind, MailState } from '@cloudnestle/contracts/items/notification';
import { isConditionFailed } from '@cloudnestle/runtime/aws-errors';

export interface LedgerDependencies {
  dynamo: DynamoDBDocumentClient;
  /** The notifications table. */
  table: string;
}

/** One mail: an order and a kind. */
export interface MailKey {
  transactionId: string;
  kind: MailKind;
}

/** Key of an order's item. */
export function orderKeyOf(transactionId: string): string {
  return `order#${transactionId}`;
}

/**
 * Writes one mail's state, or removes it, only while `condition` holds; false where it does not. Names in the condition
 * are written `#name`; `#mail` is the mail's own attribute.
 */
export async function updateMail(
  { dynamo, table }: LedgerDependencies,
  { transactionId, kind }: MailKey,
  change: {
    state: MailState | undefined;
    condition: string;
    values?: Readonly<Record<string, string>>;
  },
): Promise<boolean> {
  const { state, condition, values = {} } = change;
  const allValues = state ? { ...values, ':mail': state } : values;
  try {
    await dynamo.send(
      new UpdateCommand({
        TableName: table,
        Key: { notificationKey: orderKeyOf(transactionId) },
        UpdateExpression: state ? 'SET #mail = :mail' : 'REMOVE #mail',
        ConditionExpression: condition,
        ExpressionAttributeNames: { ...namesIn(condition), '#mail': kind },
        ExpressionAttributeValues: allValues,
      }),
    );
    return true;
  } catch (error) {
    if (isConditionFailed(error)) return false;
    throw error;
  }
}

function namesIn(condition: string): Record<string, string> {
  return Object.fromEntries(
    (condition.match(/#\w+/g) ?? []).map((alias) => [alias, alias.slice(1)]),
  );
}
