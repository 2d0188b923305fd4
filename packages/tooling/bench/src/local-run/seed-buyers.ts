import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { DemoUser } from '@cloudnestle/dev/demo-users';
import { buildEntitlementItems, buildUserItem } from '@cloudnestle/dev/seed/demo-items';
import type { LocalRun } from '@cloudnestle/dev/start';
import { DEFAULT_SOLUTION_ID } from '@cloudnestle/payments/catalogue';
import { mapConcurrently } from '@cloudnestle/runtime/map-concurrently';

const CONCURRENCY = 16;

/** Registered users with both entitlement records, each able to pay once. */
export async function seedBuyers(
  run: LocalRun,
  dynamo: DynamoDBDocumentClient,
  count: number,
): Promise<DemoUser[]> {
  const buyers = Array.from({ length: count }, (_, index) => buildBuyer(index));
  await mapConcurrently(buyers, CONCURRENCY, (buyer) => seed(run, dynamo, buyer));
  return buyers;
}

function buildBuyer(index: number): DemoUser {
  const userId = `buyer-${index}`;
  return {
    userId,
    email: `${userId}@example.com`,
    tier: 'registered',
    records: ['byUserId', 'byEmail'],
    note: '',
  };
}

async function seed(
  { topology }: LocalRun,
  dynamo: DynamoDBDocumentClient,
  buyer: DemoUser,
): Promise<void> {
  const { users, entitlements } = topology.tables;
  const now = new Date();
  const newToken = () => `tok_perm_${buyer.userId}`;
  for (const Item of buildEntitlementItems(buyer, {
    now,
    newToken,
    solutionId: DEFAULT_SOLUTION_ID,
  })) {
    await dynamo.send(new PutCommand({ TableName: entitlements.name, Item }));
  }
  await dynamo.send(new PutCommand({ TableName: users.name, Item: buildUserItem(buyer, now) }));
}
