import { GetCommand } from '@aws-sdk/lib-dynamodb';
import {
  type NotificationItem,
  notificationItemSchema,
} from '@cloudnestle/contracts/items/notification';
import { PermanentError } from '@cloudnestle/runtime/errors';
import { type LedgerDependencies, orderKeyOf } from './update-mail.ts';

/** Where an order's mails stand now (consistent read); undefined where none was ever thought of. */
export async function readNotification(
  { dynamo, table }: LedgerDependencies,
  transactionId: string,
): Promise<NotificationItem | undefined> {
  const Key = { notificationKey: orderKeyOf(transactionId) };
  const { Item } = await dynamo.send(
    new GetCommand({ TableName: table, Key, ConsistentRead: true }),
  );
  if (!Item) return undefined;
  const parsed = notificationItemSchema.safeParse(Item);
  if (parsed.success) return parsed.data;
  throw new PermanentError('the notification item does not fit its contract');
}
