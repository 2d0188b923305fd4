import type { EntitlementItem } from '@cloudnestle/contracts/items/entitlement';
import type { UserItem } from '@cloudnestle/contracts/items/user';
import type { Plan, Tier } from '@cloudnestle/contracts/plan';
import { compareTier, type TierComparison } from '../catalogue.ts';

/** A user as far as payments need to know them. */
export type User = Pick<UserItem, 'userId' | 'email' | 'subscriptionTier' | 'subscriptionStatus'>;

/** An entitlement record as far as it says who may do what. */
export type EntitlementRecord = Pick<
  EntitlementItem,
  'tier' | 'access_tier' | 'accessTier' | 'status'
>;

/** What is stored of a buyer's access, as it stands now. */
export interface AccessItems {
  user: User | undefined;
  /** For each of the plan's solutions: the record by user id, and those found by email. */
  records: readonly {
    byUserId: EntitlementRecord | undefined;
    byEmail: readonly EntitlementRecord[];
  }[];
}

/** `behind`: there, with less than was paid for. A tier that the catalogue does not know is held, and left alone. */
export type Holding = 'held' | 'behind' | 'missing';

/** Where a buyer holds what an order paid for. */
export interface Holdings {
  user: Holding;
  byUserId: Holding;
  byEmail: Holding;
  /**
   * Everything that exists holds it: the user, and for each solution at least one record and none behind. A record that
   * is missing beside another one is left missing (design, Tables).
   */
  isComplete: boolean;
  /** Tiers among them that the catalogue does not know, each once: a person must say what they are worth. */
  unknownTiers: readonly string[];
}

/** Compares what is stored with what was paid for. */
export function compareHoldings(
  { user, records }: AccessItems,
  plan: Pick<Plan, 'tier'>,
  tiers: readonly Tier[],
): Holdings {
  const unknownTiers = new Set<string>();
  const compare = (tier: string | undefined) => {
    const comparison = compareTier(tiers, tier, plan.tier);
    if (comparison === 'unknown' && tier !== undefined) unknownTiers.add(tier);
    return comparison;
  };
  const judge = (found: readonly EntitlementRecord[]): Holding =>
    judgeAll(found.map((record) => compare(tierOf(record))));
  const userHolding = judgeAll(user ? [compare(user.subscriptionTier)] : []);
  const solutions = records.map(({ byUserId, byEmail }) => {
    return { byUserId: judge(byUserId ? [byUserId] : []), byEmail: judge(byEmail) };
  });
  return {
    user: userHolding,
    byUserId: worst(solutions.map((solution) => solution.byUserId)),
    byEmail: worst(solutions.map((solution) => solution.byEmail)),
    isComplete: userHolding === 'held' && solutions.every(isOpen),
    unknownTiers: [...unknownTiers].toSorted(),
  };
}

function isOpen({ byUserId, byEmail }: { byUserId: Holding; byEmail: Holding }): boolean {
  const both = [byUserId, byEmail];
  return both.includes('held') && !both.includes('behind');
}

function judgeAll(compared: readonly TierComparison[]): Holding {
  if (compared.length === 0) return 'missing';
  return compared.includes('below') ? 'behind' : 'held';
}

function worst(holdings: readonly Holding[]): Holding {
  return (['behind', 'missing'] as const).find((each) => holdings.includes(each)) ?? 'held';
}

/** Records spell their tier up to three times; this is the order in which they are believed. */
function tierOf(record: EntitlementRecord): string | undefined {
  return record.access_tier || record.accessTier || record.tier;
}
