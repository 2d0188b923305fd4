import type { TransactionItem } from '@cloudnestle/contracts/items/transaction';
import type { Plan, Tier } from '@cloudnestle/contracts/plan';
import { type AccessItems, compareHoldings } from './holdings.ts';

/** Whether a paid order's buyer has what was paid for. `withheld`: somebody took it back or stopped it. */
export type Access = 'granted' | 'pending' | 'withheld';

export interface AccessFacts extends AccessItems {
  row: Pick<TransactionItem, 'accessRevokedAt'>;
  plan: Pick<Plan, 'tier'>;
  tiers: readonly Tier[];
}

/** Decides from the items as they stand; the order itself is COMPLETED. */
export function decideAccess(facts: AccessFacts): Access {
  const { row, plan, user, records, tiers } = facts;
  const statuses = [
    user?.subscriptionStatus,
    ...records.flatMap(({ byUserId, byEmail }) =>
      [byUserId, ...byEmail].map((each) => each?.status),
    ),
  ];
  if (row.accessRevokedAt || statuses.includes('suspended')) return 'withheld';
  return compareHoldings(facts, plan, tiers).isComplete ? 'granted' : 'pending';
}
