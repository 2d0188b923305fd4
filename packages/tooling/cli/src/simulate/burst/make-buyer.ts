import { randomBytes } from 'node:crypto';
import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import { buildEntitlementItems, buildUserItem } from '@cloudnestle/dev/seed/demo-items';

export interface Buyer {
  userId: string;
  email: string;
}

/** The n-th buyer of a run. */
export function nameBuyer(run: string, number: number): Buyer {
  const userId = `sim-${run}-${number}`;
  return { userId, email: `${userId}@example.com` };
}

/** Writes a demo buyer: both entitlement records, and the row that says that the user is complete. */
export async function makeBuyer(
  dynamo: DynamoDBDocumentClient,
  { tables, solutionId }: Pick<EnvironmentSecret, 'tables' | 'solutionId'>,
  buyer: Buyer,
): Promise<void> {
  const now = new Date();
  const user = {
    ...buyer,
    tier: 'registered' as const,
    records: ['byUserId', 'byEmail'] as const,
    note: 'simulated',
  };
  const newToken = () => `tok_perm_${randomBytes(16).toString('hex')}`;
  for (const Item of buildEntitlementItems(user, { now, solutionId, newToken })) {
    await dynamo.send(new PutCommand({ TableName: tables.entitlements, Item }));
  }
  const Item = buildUserItem(user, now);
  await dynamo.send(new PutCommand({ TableName: tables.users, Item }));
}
