import type { AccessEndedData } from '@cloudnestle/contracts/events/access-ended';
import { accessEndReasonSchema } from '@cloudnestle/contracts/events/access-ended';
import type { Tier } from '@cloudnestle/contracts/plan';
import { type AccessItems, tierOf } from '../access.ts';
import { compareTier } from '../catalogue.ts';
import { readAccess, type StoredAccess } from './fold.ts';
import { readGrants, readMoment } from './grants.ts';

/** Why and since when (ISO) an order gives no access, as its row says; undefined where it is not said to. */
export function readEnd(
  row: Readonly<Record<string, unknown>>,
): Pick<AccessEndedData, 'reason' | 'endedAt'> | undefined {
  const endedAt = readMoment(row.accessRevokedAt);
  if (endedAt === undefined) return undefined;
  const reason = accessEndReasonSchema.safeParse(row.accessEndReason).data;
  // Rows of before the reason was noted: only a refund set the mark.
  return { endedAt, reason: reason ?? 'REFUNDED' };
}

/**
 * Whether user and records, those that are there, show that an order gives nothing: each has noted its end. An item that has
 * heard nothing of the order shows nothing: its payment may still be on the way there.
 */
export function isEndSeen(items: AccessItems, transactionId: string): boolean {
  return listItems(items).every(
    (item) => readGrants(item.grants)[transactionId]?.endedAt !== undefined,
  );
}

/**
 * Whether user and records show an order's grant as its row has it: paid no later than the row says, and not ended. A record that is
 * missing beside another one is left missing.
 */
export function isGrantSeen(
  items: AccessItems,
  { transactionId, completedAt }: { transactionId: string; completedAt?: string | undefined },
): boolean {
  const isSeen = (item: StoredAccess) => {
    const grant = readGrants(item.grants)[transactionId];
    if (grant?.at === undefined || grant.endedAt !== undefined) return false;
    return completedAt === undefined || grant.at <= completedAt;
  };
  return (
    items.user !== undefined &&
    items.records.every((each) => listRecords(each).length > 0) &&
    listItems(items).every(isSeen)
  );
}

/** Whether no item names more than its orders give now: what has ended has been taken away. */
export function isTakenAway(items: AccessItems, context: { tiers: readonly Tier[]; now: Date }) {
  return listItems(items).every(
    (item) =>
      compareTier(context.tiers, readAccess(item, context).tier, item.tier ?? '') !== 'below',
  );
}

/** The user's row as what it says of access. */
export function userAccess({ user }: AccessItems): StoredAccess | undefined {
  return user && { ...user, tier: user.subscriptionTier };
}

function listItems(items: AccessItems): StoredAccess[] {
  const user = userAccess(items);
  const records = items.records.flatMap(listRecords);
  return [...(user ? [user] : []), ...records.map((each) => ({ ...each, tier: tierOf(each) }))];
}

function listRecords({ byUserId, byEmail }: AccessItems['records'][number]) {
  return [...(byUserId ? [byUserId] : []), ...byEmail];
}
