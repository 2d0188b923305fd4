import type { EntitlementItem } from '@cloudnestle/contracts/items/entitlement';
import type { UserItem } from '@cloudnestle/contracts/items/user';
import type { DemoUser } from '../demo-users.ts';

export interface DemoItemOptions {
  now: Date;
  solutionId: string;
  /** A new entitlement token. */
  newToken(): string;
}

/** Searches a Registered demo user has already made today, so that an upgrade has something to reset. */
const SEARCHES_TODAY = 4;

/** The user's row before any payment through this system. */
export function buildUserItem({ userId, email, tier }: DemoUser, now: Date): UserItem {
  const at = now.toISOString();
  return {
    userId,
    email,
    subscriptionTier: tier,
    subscriptionStatus: 'active',
    ...(tier === 'pro' ? { subscriptionStartDate: at, lastPaymentDate: at } : {}),
    updatedAt: at,
  };
}

/** The user's entitlement records, each in its own spelling (mission, DynamoDB Tables 3). */
export function buildEntitlementItems(user: DemoUser, options: DemoItemOptions): EntitlementItem[] {
  const builders = { byUserId: buildUserIdRecord, byEmail: buildEmailRecord };
  return user.records.map((record) => builders[record](user, options));
}

function buildUserIdRecord(user: DemoUser, options: DemoItemOptions): EntitlementItem {
  return {
    ...buildSharedPart(user.userId, user, options),
    accessTier: user.tier,
    dailyUsage: usageOf(user),
    lastUsageDate: dayOf(options.now),
    updatedAt: options.now.toISOString(),
  };
}

function buildEmailRecord(user: DemoUser, options: DemoItemOptions): EntitlementItem {
  return {
    ...buildSharedPart(user.email, user, options),
    usage: { daily_usage: { [dayOf(options.now)]: usageOf(user) } },
    updated_at: options.now.toISOString(),
  };
}

function buildSharedPart(owner: string, { tier }: DemoUser, options: DemoItemOptions) {
  return {
    pk: `user#${owner}`,
    sk: `solution#${options.solutionId}`,
    token: options.newToken(),
    solution_id: options.solutionId,
    tier,
    access_tier: tier,
    status: 'active',
  };
}

function usageOf({ tier }: DemoUser): number {
  return tier === 'registered' ? SEARCHES_TODAY : 0;
}

function dayOf(now: Date): string {
  return now.toISOString().slice(0, 10);
}
