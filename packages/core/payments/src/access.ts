import type { EntitlementItem } from '@cloudnestle/contracts/items/entitlement';
import type { TransactionItem } from '@cloudnestle/contracts/items/transaction';
import type { UserItem } from '@cloudnestle/contracts/items/user';
import type { Plan, Tier } from '@cloudnestle/contracts/plan';
import { compareTier, type TierComparison } from './catalogue.ts';
import { listSpellings } from './email.ts';
import type { Order } from './order.ts';

/** A user as far as payments need to know them. */
export type User = Pick<
  UserItem,
  'userId' | 'email' | 'subscriptionTier' | 'subscriptionStatus' | 'grants' | 'baseTier'
>;

/** An entitlement record as far as it says who may do what. */
export type EntitlementRecord = Pick<
  EntitlementItem,
  'tier' | 'access_tier' | 'accessTier' | 'status' | 'grants' | 'baseTier'
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
type Holding = 'held' | 'behind' | 'missing';

/** Where a buyer holds what an order paid for. */
export interface Holdings {
  user: Holding;
  byUserId: Holding;
  byEmail: Holding;
  /**
   * Everything that exists holds it: the user, and for each solution at least one record and none behind. A record that
   * is missing beside another one is left missing.
   */
  isComplete: boolean;
  /** Tiers among them that the catalogue does not know, each once: an operator must say what they are worth. */
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
export function tierOf(record: EntitlementRecord): string | undefined {
  return record.access_tier || record.accessTier || record.tier;
}

/**
 * Whether a paid order's buyer has what was paid for. `withheld`: access was taken back, or the account or a record is
 * suspended.
 */
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

/** A user as stored now (consistent read); undefined where there is none. */
export type FindUser = (userId: string) => Promise<User | undefined>;

/** An entitlement record as stored now (consistent read); undefined where there is none. */
export type FindRecord = (key: RecordKey) => Promise<EntitlementRecord | undefined>;

/**
 * Everything that is to hold what an order paid for: the user, and per solution the records by user id and by email, as
 * the order has the address. One that the user took later counts for nothing: it may be unproven.
 */
export async function readAccessItems(
  deps: { findUser: FindUser; findRecord: FindRecord },
  { row, plan }: Order,
): Promise<AccessItems> {
  const user = await deps.findUser(row.userId);
  const records = await Promise.all(
    plan.solutionIds.map(async (solutionId) => {
      const keys = emailRecordKeys([row.userEmail], solutionId);
      const [byUserId, ...byEmail] = await Promise.all([
        deps.findRecord(userRecordKey(row.userId, solutionId)),
        ...keys.map((key) => deps.findRecord(key)),
      ]);
      return { byUserId, byEmail: byEmail.filter((record) => record !== undefined) };
    }),
  );
  return { user, records };
}

/** The key of an entitlement record. */
export interface RecordKey {
  /** `user#{userId}` or `user#{email}` */
  pk: string;
  /** `solution#{solutionId}` */
  sk: string;
}

/** The key of the buyer's record by user id. */
export function userRecordKey(userId: string, solutionId: string): RecordKey {
  return { pk: `user#${userId}`, sk: `solution#${solutionId}` };
}

/**
 * The keys of every record that may be the buyer's by email: each address in every spelling that it may be stored under,
 * because the systems that wrote these records did not agree on one.
 */
export function emailRecordKeys(
  emails: readonly (string | undefined)[],
  solutionId: string,
): RecordKey[] {
  const spellings = emails.filter((email) => email !== undefined).flatMap(listSpellings);
  return [...new Set(spellings)].map((email) => ({
    pk: `user#${email}`,
    sk: `solution#${solutionId}`,
  }));
}
