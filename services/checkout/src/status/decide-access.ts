import type { TransactionItem } from '@cloudnestle/contracts/items/transaction';
import type { Plan, Tier } from '@cloudnestle/contracts/plan';
import { tierCovers } from '@cloudnestle/payments/catalogue';
import type { User } from '../find-user.ts';
import type { EntitlementRecord } from './entitlement-records.ts';

/** Whether a paid order's buyer has what was paid for. `withheld`: somebody took it back or stopped it. */
export type Access = 'granted' | 'pending' | 'withheld';

export interface AccessFacts {
  row: Pick<TransactionItem, 'accessRevokedAt'>;
  plan: Pick<Plan, 'tier'>;
  user: User | undefined;
  /** What was found for each of the plan's solutions, missing records left out. */
  records: readonly (readonly EntitlementRecord[])[];
  tiers: readonly Tier[];
}

/** Decides from the items as they stand; the order itself is COMPLETED. */
export function decideAccess({ row, plan, user, records, tiers }: AccessFacts): Access {
  const statuses = [user?.subscriptionStatus, ...records.flat().map((record) => record.status)];
  if (row.accessRevokedAt || statuses.includes('suspended')) return 'withheld';
  const covers = (tier: string | undefined) => tierCovers(tiers, tier, plan.tier);
  const everySolution = records.every(
    (found) => found.length > 0 && found.every((record) => covers(tierOf(record))),
  );
  return covers(user?.subscriptionTier) && everySolution ? 'granted' : 'pending';
}

/** Records spell their tier up to three times; this is the order in which they are believed. */
function tierOf(record: EntitlementRecord): string | undefined {
  return record.access_tier ?? record.accessTier ?? record.tier;
}
