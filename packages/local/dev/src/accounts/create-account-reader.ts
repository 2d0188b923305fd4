import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { EntitlementItem } from '@cloudnestle/contracts/items/entitlement';
import { userItemSchema } from '@cloudnestle/contracts/items/user';
import { type Catalogue, limitsOf } from '@cloudnestle/payments/catalogue';
import type { Clock } from '@cloudnestle/payments/clock';
import type { DemoRecord } from '../demo-users.ts';
import type { AccountView, EntitlementView, StorefrontOptions } from '../storefront-options.ts';
import type { ReadRecord } from './create-record-reader.ts';

export interface AccountReaderOptions {
  dynamo: DynamoDBDocumentClient;
  usersTable: string;
  readRecord: ReadRecord;
  solutionId: string;
  catalogue: Catalogue;
  now: Clock;
}

/** Reads accounts from the tables, as the storefront shows them. */
export function createAccountReader(
  options: AccountReaderOptions,
): StorefrontOptions['readAccount'] {
  const { dynamo, usersTable, readRecord, solutionId, catalogue, now } = options;
  const find = async (record: DemoRecord, owner: string): Promise<FoundRecord[]> => {
    const item = await readRecord(owner);
    return item ? [{ record, item }] : [];
  };
  return async (userId): Promise<AccountView | undefined> => {
    const command = new GetCommand({
      TableName: usersTable,
      Key: { userId },
      ConsistentRead: true,
    });
    const row = (await dynamo.send(command)).Item;
    if (!row) return undefined;
    const { email, subscriptionTier = 'registered' } = userItemSchema.parse(row);
    const records = (await Promise.all([find('byUserId', userId), find('byEmail', email)])).flat();
    const today = now().toISOString().slice(0, 10);
    const usedToday = Math.max(0, ...records.map(({ item }) => usageOn(item, today)));
    return {
      userId,
      email,
      tier: subscriptionTier,
      quota: { dailyQuota: limitsOf(catalogue.tiers, subscriptionTier).dailyQuota, usedToday },
      entitlements: records.map((found) => toView(found, solutionId)),
    };
  };
}

interface FoundRecord {
  record: DemoRecord;
  item: EntitlementItem;
}

function usageOn({ dailyUsage = 0, lastUsageDate, usage }: EntitlementItem, day: string): number {
  const byNumber = lastUsageDate === day ? dailyUsage : 0;
  return Math.max(byNumber, usage?.daily_usage?.[day] ?? 0);
}

function toView({ record, item }: FoundRecord, solutionId: string): EntitlementView {
  return {
    record,
    solutionId: item.solution_id ?? solutionId,
    accessTier: item.access_tier ?? item.tier ?? 'registered',
    status: item.status ?? 'active',
  };
}
