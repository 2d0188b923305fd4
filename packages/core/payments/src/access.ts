import type { EntitlementItem } from '@cloudnestle/contracts/items/entitlement';
import type { TransactionItem } from '@cloudnestle/contracts/items/transaction';
import type { UserItem } from '@cloudnestle/contracts/items/user';
import type { Plan, Tier } from '@cloudnestle/contracts/plan';
import { baseOf, readAccess, type StoredAccess } from './access/fold.ts';
import { readGrants } from './access/grants.ts';
import { findWindow } from './access/windows.ts';
import { compareTier, findTier, monthsOf } from './catalogue.ts';
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

/** A paid order, as far as its effects are looked for. */
interface PaidFor {
  transactionId: string;
  plan: Pick<Plan, 'tier' | 'period'>;
}

interface Moment {
  tiers: readonly Tier[];
  now: Date;
}

/** Compares what is stored with what was paid for: whether each item has the order's grant, and what that is to bring. */
export function compareHoldings(
  { user, records }: AccessItems,
  order: PaidFor,
  moment: Moment,
): Holdings {
  const unknownTiers = new Set<string>();
  const judge = (item: StoredAccess): Holding => {
    const isKnown = !item.tier?.trim() || findTier(moment.tiers, item.tier) !== undefined;
    if (!isKnown && item.tier !== undefined && item.tier !== order.plan.tier) {
      unknownTiers.add(item.tier);
    }
    return holds(item, order, moment) ? 'held' : 'behind';
  };
  const judgeAll = (items: readonly StoredAccess[]): Holding =>
    items.length === 0 ? 'missing' : worst(items.map(judge));
  const userHolding = judgeAll(user ? [{ ...user, tier: user.subscriptionTier }] : []);
  const toStored = (record: EntitlementRecord) => ({ ...record, tier: tierOf(record) });
  const solutions = records.map(({ byUserId, byEmail }) => ({
    byUserId: judgeAll(byUserId ? [toStored(byUserId)] : []),
    byEmail: judgeAll(byEmail.map(toStored)),
  }));
  return {
    user: userHolding,
    byUserId: worst(solutions.map((solution) => solution.byUserId)),
    byEmail: worst(solutions.map((solution) => solution.byEmail)),
    isComplete: userHolding === 'held' && solutions.every(isOpen),
    unknownTiers: [...unknownTiers].toSorted(),
  };
}

/**
 * Whether an item has what an order is to bring. With its grant noted, the tier that the item names must not be less than
 * what its grants give now (it may trail a little behind an end). Without it, only what was bought for ever can be held:
 * by the tier of an item that keeps no grants yet, which the replaced system or an earlier version wrote, or by what such
 * an item named before its first grant.
 */
function holds(
  item: StoredAccess,
  { transactionId, plan }: PaidFor,
  { tiers, now }: Moment,
): boolean {
  const grants = readGrants(item.grants);
  const isAtLeast = (wanted: string) => compareTier(tiers, item.tier, wanted) !== 'below';
  if (grants[transactionId]?.at !== undefined) {
    return isAtLeast(readAccess(item, { tiers, now }).tier);
  }
  if (monthsOf(plan) !== undefined) return false;
  if (Object.keys(grants).length === 0) return isAtLeast(plan.tier);
  return compareTier(tiers, baseOf(item, tiers).tier, plan.tier) === 'covers';
}

function isOpen({ byUserId, byEmail }: { byUserId: Holding; byEmail: Holding }): boolean {
  const both = [byUserId, byEmail];
  return both.includes('held') && !both.includes('behind');
}

function worst(holdings: readonly Holding[]): Holding {
  return (['behind', 'missing'] as const).find((each) => holdings.includes(each)) ?? 'held';
}

/** Records spell their tier up to three times; this is the order in which they are believed. */
export function tierOf(record: EntitlementRecord): string | undefined {
  return record.access_tier || record.accessTier || record.tier;
}

/**
 * Whether a paid order's buyer has what was paid for. `ended`: this order gives nothing any more, because its time is over or
 * access was taken back. `withheld`: the account or a record is suspended.
 */
export type Access = 'granted' | 'pending' | 'ended' | 'withheld';

export interface AccessFacts extends AccessItems, Moment {
  row: Pick<TransactionItem, 'transactionId' | 'accessRevokedAt'>;
  plan: Pick<Plan, 'tier' | 'period'>;
}

/** Decides from the items as they stand; the order itself is COMPLETED. */
export function decideAccess(facts: AccessFacts): Access {
  const { row, plan, user, records, now } = facts;
  if (row.accessRevokedAt) return 'ended';
  const statuses = [
    user?.subscriptionStatus,
    ...records.flatMap(({ byUserId, byEmail }) =>
      [byUserId, ...byEmail].map((each) => each?.status),
    ),
  ];
  if (statuses.includes('suspended')) return 'withheld';
  const order = { transactionId: row.transactionId, plan };
  if (!compareHoldings(facts, order, facts).isComplete) return 'pending';
  const window = findWindow(readGrants(user?.grants), row.transactionId);
  return window && window.until <= now.getTime() ? 'ended' : 'granted';
}

/** A user as stored now (consistent read); undefined where there is none. */
export type FindUser = (userId: string) => Promise<User | undefined>;

/** An entitlement record as stored now (consistent read); undefined where there is none. */
export type FindRecord = (key: RecordKey) => Promise<EntitlementRecord | undefined>;

/**
 * Everything that is to hold what an order paid for: the user, and per solution the records by user id and by email, as
 * the order has the address. One that the user took later counts for nothing: it may be unproven. The user comes first:
 * a record that was not there yet when it was looked for takes over what this look saw in the user's row.
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
