import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { type DemoUser, demoUsers } from '../demo-users.ts';
import { buildEntitlementItems, buildUserItem, type DemoItemOptions } from './demo-items.ts';

export interface SeedUsersOptions extends DemoItemOptions {
  dynamo: DynamoDBDocumentClient;
  usersTable: string;
  entitlementsTable: string;
}

/** Puts the demo users where they are missing; whoever is there already keeps the state they have. */
export async function seedDemoUsers(options: SeedUsersOptions): Promise<void> {
  await Promise.all(demoUsers.map((user) => seedUser(user, options)));
}

/** The row comes last: it is what says that the user is complete. */
async function seedUser(user: DemoUser, options: SeedUsersOptions): Promise<void> {
  const { dynamo, usersTable, entitlementsTable, now } = options;
  const key = { userId: user.userId };
  const found = await dynamo.send(
    new GetCommand({ TableName: usersTable, Key: key, ConsistentRead: true }),
  );
  if (found.Item) return;
  for (const item of buildEntitlementItems(user, options)) {
    await putIfAbsent(dynamo, entitlementsTable, 'pk', item);
  }
  await putIfAbsent(dynamo, usersTable, 'userId', buildUserItem(user, now));
}

async function putIfAbsent(
  dynamo: DynamoDBDocumentClient,
  table: string,
  key: string,
  item: Record<string, unknown>,
): Promise<void> {
  try {
    await dynamo.send(
      new PutCommand({
        TableName: table,
        Item: item,
        ConditionExpression: 'attribute_not_exists(#key)',
        ExpressionAttributeNames: { '#key': key },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}
