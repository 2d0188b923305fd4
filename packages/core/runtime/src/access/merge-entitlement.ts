import type { Plan, Tier } from '@cloudnestle/contracts/plan';
import type { User } from '@cloudnestle/payments/access';
import { readAccess, type StoredAccess, spellTier } from '@cloudnestle/payments/access/fold';
import type { PaidGrant } from '@cloudnestle/payments/access/grants';
import { compareGrants, listPaid } from '@cloudnestle/payments/access/windows';
import { utcDay } from '@cloudnestle/payments/ist';
import { buildChange, type ItemChange } from '../merge-item.ts';
import { type NotedGrants, noteGrant, type OrderNews, takeOverGrants } from '../note-grant.ts';
import { readEntitlement, type StoredEntitlement, tierOf } from './read-entitlement.ts';

interface MergeContext {
  tiers: readonly Tier[];
  isByUserId: boolean;
  now: Date;
}

/**
 * A record after news of one order, decided from record and news alone: the order's grant, and the tier that all grants of
 * the record give now (`foldAccess`), in every spelling the record has. One that the catalogue does not know, or that
 * was given by hand, stays as it is. A payment makes the record active unless it is suspended, and resets the usage where it
 * is noted for the first time. The first paid order that stands owns the grant. News may come in any order and any number
 * of times: the end is the same. Undefined where the record says it all already. The plan's tier must be one of `tiers`.
 */
export function mergeEntitlement(
  record: Record<string, unknown>,
  order: OrderNews,
  context: MergeContext,
): ItemChange | undefined {
  const current = readEntitlement(record, context.isByUserId);
  const noted = noteGrant(record, tierOf(current), order, context.tiers);
  const { news, isLongKnown = false } = order;
  return derive(record, current, noted, {
    ...context,
    status: news.at === undefined || isLongKnown ? {} : activate(current.status),
    resets: !isLongKnown,
  });
}

/**
 * A record that was made later than others of its buyer, once it holds what the buyer's row holds of other paid orders:
 * those whose plan opens this solution (`plans` are all that were ever sold). A tier of the row that no order gave is what
 * the record falls back to. The rest as `mergeEntitlement` has it. Undefined where the record has it all already.
 */
export function takeOverFromUser(
  record: Readonly<Record<string, unknown>>,
  user: User,
  { plans, solutionId, ...context }: MergeContext & { plans: readonly Plan[]; solutionId: string },
): ItemChange | undefined {
  const current = readEntitlement(record, context.isByUserId);
  const opening = plans.filter(({ solutionIds }) => solutionIds.includes(solutionId));
  const noted = takeOverGrants(
    record,
    tierOf(current),
    { ...user, tier: user.subscriptionTier },
    {
      tiers: context.tiers,
      concern: ({ planId }) => opening.some((plan) => plan.planId === planId),
    },
  );
  return derive(record, current, noted, { ...context, status: {}, resets: true });
}

/** All that follows from the grants of a record. */
function derive(
  record: Readonly<Record<string, unknown>>,
  current: StoredEntitlement,
  noted: NotedGrants,
  { tiers, now, status, resets }: MergeContext & { status: { status?: string }; resets: boolean },
): ItemChange | undefined {
  if (Object.keys(noted.grants).length === 0) return undefined;
  const { grants, baseTier } = noted;
  const deriveTier = (tier: string | undefined) => {
    const stored: StoredAccess = { tier, grants, baseTier };
    return spellTier(tiers, stored, readAccess(stored, { tiers, now }).tier);
  };
  const paid = listPaid(grants);
  // A record of before there were grants names the order that granted it.
  const isFirst = resets && noted.newlyPaid.some((id) => id !== current.grantedByTransactionId);
  const reset = isFirst ? buildReset(record, current, paid) : {};
  const hasAccessTier = current.counts === 'number' || record.accessTier !== undefined;
  return buildChange(record, {
    attributes: {
      tier: deriveTier(current.tier),
      access_tier: deriveTier(current.access_tier),
      ...(hasAccessTier ? { accessTier: deriveTier(current.accessTier) } : {}),
      ...status,
      ...findOwner(current, paid, grants),
      ...findCreator(current, paid),
      ...noted.attributes,
    },
    maps: { ...reset, ...noted.maps },
    stamps: buildStamps(record, current, now),
    basedOn: [
      ...noted.basedOn,
      'grantedByTransactionId',
      'grantedAt',
      ...(isFirst ? ['usage'] : []),
    ],
  });
}

function activate(status: string | undefined) {
  return { status: status === 'suspended' ? 'suspended' : 'active' };
}

/** The first of the orders that stand; an order that only the record knows, of before there were grants, is one. */
function findOwner(
  { grantedByTransactionId, grantedAt }: StoredEntitlement,
  paid: readonly PaidGrant[],
  grants: Readonly<Record<string, unknown>>,
) {
  const recorded = { transactionId: grantedByTransactionId, at: grantedAt };
  const isForeign =
    grantedByTransactionId !== undefined && !Object.hasOwn(grants, grantedByTransactionId);
  const standing = paid.filter(({ endedAt }) => endedAt === undefined);
  return nameOwner(findFirst(standing, isForeign ? recorded : undefined), recorded);
}

function nameOwner(owner: Owner | undefined, recorded: Recorded) {
  const isSame =
    owner?.transactionId === recorded.transactionId && isSameTime(owner?.at, recorded.at);
  return {
    grantedByTransactionId: owner?.transactionId,
    // As others spelled it.
    grantedAt: isSame ? recorded.at : owner?.at,
  };
}

/** A record that a payment had to create counts as created by the first one, whichever came first. */
function findCreator(
  { createdByTransactionId, createdAt }: StoredEntitlement,
  paid: readonly PaidGrant[],
) {
  if (createdByTransactionId === undefined) return {};
  const creator = findFirst(paid, { transactionId: createdByTransactionId, at: createdAt });
  return {
    createdByTransactionId: creator?.transactionId,
    createdAt: creator?.at,
    created_at: creator?.at,
  };
}

interface Owner {
  transactionId: string;
  at: string;
}

/** As the record says it, which may be in any spelling or not at all. */
type Recorded = Record<keyof Owner, string | undefined>;

/** Moments as times (others may spell them otherwise), then ids. */
function findFirst(paid: readonly PaidGrant[], recorded: Recorded | undefined): Owner | undefined {
  const recordedAt = new Date(recorded?.at ?? Number.NaN);
  const isReadable = recorded?.transactionId !== undefined && !Number.isNaN(recordedAt.getTime());
  const other = isReadable
    ? [{ transactionId: recorded.transactionId ?? '', at: recordedAt.toISOString() }]
    : [];
  return [...paid, ...other].toSorted(compareGrants)[0];
}

function isSameTime(one: string | undefined, other: string | undefined): boolean {
  return Date.parse(one ?? '') === Date.parse(other ?? '');
}

/** The day's searches begin anew; the latest payment's day, so that payments may come in any order. */
function buildReset(
  record: Readonly<Record<string, unknown>>,
  current: StoredEntitlement,
  paid: readonly PaidGrant[],
) {
  const day = utcDay(new Date(Math.max(...paid.map(({ at }) => Date.parse(at)))));
  const countsNumber = current.counts === 'number' || record.dailyUsage !== undefined;
  return {
    ...(countsNumber ? { dailyUsage: 0, lastUsageDate: day } : {}),
    ...(current.counts === 'map' ? mapReset(current.hasUsageMap, day) : {}),
  };
}

function mapReset(hasUsageMap: boolean, day: string) {
  return hasUsageMap
    ? { 'usage.daily_usage': { [day]: 0 } }
    : { usage: { daily_usage: { [day]: 0 } } };
}

/** Each record keeps its own spelling of the time of its update; one without any takes its shape's. */
function buildStamps(
  record: Readonly<Record<string, unknown>>,
  current: StoredEntitlement,
  now: Date,
) {
  const present = ['updatedAt', 'updated_at'].filter((name) => record[name] !== undefined);
  const byShape = current.counts === 'number' ? 'updatedAt' : 'updated_at';
  const names = present.length > 0 ? present : [byShape];
  return Object.fromEntries(names.map((name) => [name, now.toISOString()]));
}
