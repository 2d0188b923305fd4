import type { Tier } from '@cloudnestle/contracts/plan';
import { compareTier } from '@cloudnestle/payments/catalogue';
import { utcDay } from '@cloudnestle/payments/ist';
import { buildChange, type ItemChange } from '@cloudnestle/runtime/merge-item';
import { readEntitlement, type StoredEntitlement } from '../record/read-entitlement.ts';

/** One paid order's claim to a record. */
export interface Grant {
  tier: string;
  transactionId: string;
  completedAt: string;
}

/**
 * A record after one payment, decided from record and payment alone: the better tier in every spelling the record has
 * (one that the catalogue does not know stays as it is), active unless suspended. The smallest (completedAt, transactionId) of all payments owns the grant, and only a new
 * owner resets the usage. Payments may come in any order and any number of times: the end is the same. Undefined where
 * the record says it all already. The grant's tier must be one of `tiers`.
 */
export function mergeEntitlement(
  record: Record<string, unknown>,
  grant: Grant,
  context: { tiers: readonly Tier[]; isByUserId: boolean; now: Date },
): ItemChange | undefined {
  const current = readEntitlement(record, context.isByUserId);
  const best = (tier: string | undefined) =>
    compareTier(context.tiers, tier, grant.tier) === 'below' ? grant.tier : tier;
  const reset = isSmaller(grant, current) ? buildReset(record, current, grant) : undefined;
  const hasAccessTier = current.counts === 'number' || record.accessTier !== undefined;
  return buildChange(record, {
    attributes: {
      tier: best(current.tier),
      access_tier: best(current.access_tier),
      ...(hasAccessTier ? { accessTier: best(current.accessTier) } : {}),
      status: current.status === 'suspended' ? 'suspended' : 'active',
      ...reset?.attributes,
    },
    maps: reset?.maps ?? {},
    stamps: buildStamps(record, current, context.now),
    basedOn: ['grantedByTransactionId', 'grantedAt', ...(reset ? ['usage'] : [])],
  });
}

/** Moments as times (others may spell them otherwise), then ids. */
function isSmaller(grant: Grant, current: StoredEntitlement): boolean {
  const recordedAt = Date.parse(current.grantedAt ?? '');
  if (Number.isNaN(recordedAt) || current.grantedByTransactionId === undefined) return true;
  const at = Date.parse(grant.completedAt);
  return (
    at < recordedAt || (at === recordedAt && grant.transactionId < current.grantedByTransactionId)
  );
}

/** The grant's new owner, and the searches counted from its day on (design, rule 1). */
function buildReset(record: Record<string, unknown>, current: StoredEntitlement, grant: Grant) {
  const { transactionId, completedAt } = grant;
  const day = utcDay(new Date(completedAt));
  const countsNumber = current.counts === 'number' || record.dailyUsage !== undefined;
  const isOurs = current.createdByTransactionId !== undefined;
  return {
    attributes: {
      grantedByTransactionId: transactionId,
      grantedAt: completedAt,
      ...(isOurs
        ? { createdByTransactionId: transactionId, createdAt: completedAt, created_at: completedAt }
        : {}),
    },
    maps: {
      ...(countsNumber ? { dailyUsage: 0, lastUsageDate: day } : {}),
      ...(current.counts === 'map' ? mapReset(current.hasUsageMap, day) : {}),
    },
  };
}

function mapReset(hasUsageMap: boolean, day: string) {
  return hasUsageMap
    ? { 'usage.daily_usage': { [day]: 0 } }
    : { usage: { daily_usage: { [day]: 0 } } };
}

/** Each record keeps its own spelling of the time of its update; one without any takes its shape's. */
function buildStamps(record: Record<string, unknown>, current: StoredEntitlement, now: Date) {
  const present = ['updatedAt', 'updated_at'].filter((name) => record[name] !== undefined);
  const byShape = current.counts === 'number' ? 'updatedAt' : 'updated_at';
  const names = present.length > 0 ? present : [byShape];
  return Object.fromEntries(names.map((name) => [name, now.toISOString()]));
}
