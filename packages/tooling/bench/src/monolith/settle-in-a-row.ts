import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { DemoUser } from '@cloudnestle/dev/demo-users';
import type { LocalRun } from '@cloudnestle/dev/start';
import { DEFAULT_SOLUTION_ID } from '@cloudnestle/payments/catalogue';
import type { PaidOrder } from '../local-run.ts';

/** One payment as the replaced system settled it. */
export type SettleInARow = (payment: { order: PaidOrder; buyer: DemoUser }) => Promise<void>;

/**
 * What the replaced system did inside its webhook, call by call in a row: two reads, five writes, one mail. No authentication, no question to
 * the gateway, no condition, and nothing that would notice a failure.
 */
export function createSettleInARow({ topology }: LocalRun): SettleInARow {
  const dynamo = DynamoDBDocumentClient.from(new DynamoDBClient({}));
  const ses = new SESv2Client({});
  const { transactions, users, entitlements } = topology.tables;
  const read = (TableName: string, Key: Record<string, string>) =>
    dynamo.send(new GetCommand({ TableName, Key }));
  const write = (
    TableName: string,
    Key: Record<string, string>,
    changes: Record<string, unknown>,
  ) => {
    const names = Object.keys(changes);
    return dynamo.send(
      new UpdateCommand({
        TableName,
        Key,
        UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
        ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: Object.fromEntries(
          names.map((name) => [`:${name}`, changes[name]]),
        ),
      }),
    );
  };
  return async ({ order, buyer }) => {
    const { transactionId } = order;
    const { userId, email } = buyer;
    const sk = `solution#${DEFAULT_SOLUTION_ID}`;
    const paidAt = new Date().toISOString();
    JSON.parse(order.body);
    await read(transactions.name, { transactionId });
    await write(
      transactions.name,
      { transactionId },
      { status: 'COMPLETED', completedAt: paidAt, updatedAt: paidAt },
    );
    await read(users.name, { userId });
    await write(
      users.name,
      { userId },
      {
        subscriptionTier: 'pro',
        subscriptionStatus: 'active',
        lastPaymentDate: paidAt,
      },
    );
    for (const owner of [userId, email]) {
      await write(
        entitlements.name,
        { pk: `user#${owner}`, sk },
        { tier: 'pro', access_tier: 'pro', updated_at: paidAt },
      );
    }
    await ses.send(
      new SendEmailCommand({
        FromEmailAddress: 'payments@marketplace.example',
        Destination: { ToAddresses: [email] },
        Content: {
          Simple: {
            Subject: { Data: 'Welcome to Pro' },
            Body: { Html: { Data: `<p>Order ${transactionId}: thank you.</p>` } },
          },
        },
      }),
    );
    await write(transactions.name, { transactionId }, { emailSentAt: new Date().toISOString() });
  };
}
