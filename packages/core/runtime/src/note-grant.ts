import type { Grant } from '@cloudnestle/contracts/items/grant';
import type { Tier } from '@cloudnestle/contracts/plan';
import { isGiven, type StoredAccess } from '@cloudnestle/payments/access/fold';
import {
  combineGrants,
  type GrantNews,
  type Grants,
  isNews,
  isSameGrant,
  mergeGrant,
  readGrants,
} from '@cloudnestle/payments/access/grants';
import { findTier } from '@cloudnestle/payments/catalogue';

/** News of one order: of its payment, else of its end. */
export interface OrderNews {
  transactionId: string;
  news: GrantNews;
  /**
   * The item has had for long what the order gives, and only kept no grants then: the payment makes nothing active again, and
   * gives no searches back.
   */
  isLongKnown?: boolean;
}

/** An item after news of grants, and what of it is to be written: parts of a `buildChange`. */
export interface NotedGrants {
  /** The whole set, the news included. */
  grants: Grants;
  baseTier: string | undefined;
  /** The orders whose payment was not known here before. */
  newlyPaid: readonly string[];
  attributes: Readonly<Record<string, unknown>>;
  maps: Readonly<Record<string, unknown>>;
  basedOn: readonly string[];
}

/**
 * Brings news of one order's grant into the `grants` of a stored item; `tier` is what the item names now. Writers of the
 * map count in `grantsVersion`, so that fields derived from the set are only written while the set is as it was read.
 */
export function noteGrant(
  item: Readonly<Record<string, unknown>>,
  tier: string | undefined,
  { transactionId, news }: OrderNews,
  tiers: readonly Tier[],
): NotedGrants {
  const current = readGrants(item.grants)[transactionId];
  const next = current || isNews(news) ? mergeGrant(current, news) : undefined;
  const baseTier = baseTierOf(item, tier, tiers);
  return noteAll(item, next ? { [transactionId]: next } : {}, baseTier);
}

/**
 * Brings what another item of the same buyer knows into the `grants` of a stored item that was made later: those of its
 * grants that `concern` the item, and the tier that it had before the first of them where that is the better one. `tier`
 * and `other.tier` are what the two items name.
 */
export function takeOverGrants(
  item: Readonly<Record<string, unknown>>,
  tier: string | undefined,
  other: StoredAccess,
  { tiers, concern }: { tiers: readonly Tier[]; concern(grant: Grant): boolean },
): NotedGrants {
  const before = readGrants(item.grants);
  const theirs = Object.entries(readGrants(other.grants)).filter(([, grant]) => concern(grant));
  const combined = theirs.map(([id, grant]) => [id, combineGrants(before[id], grant)]);
  const own = baseTierOf(item, tier, tiers);
  const base = baseTierOf({ ...other }, other.tier, tiers);
  const isBetter = rankOf(base, tiers) > rankOf(own, tiers);
  return noteAll(item, Object.fromEntries(combined), isBetter ? base : own);
}

function noteAll(
  item: Readonly<Record<string, unknown>>,
  next: Grants,
  baseTier: string | undefined,
): NotedGrants {
  const hasMap = isMap(item.grants);
  const before = readGrants(item.grants);
  const changed = Object.entries(next).filter(([id, grant]) => !isSameGrant(before[id], grant));
  const grants = { ...before, ...Object.fromEntries(changed) };
  if (changed.length === 0) {
    const attributes = hasMap ? { grantsVersion: item.grantsVersion, baseTier } : {};
    return { grants, baseTier, newlyPaid: [], attributes, maps: {}, basedOn: ['grants'] };
  }
  return {
    grants,
    baseTier,
    newlyPaid: changed
      .filter(([id, { at }]) => at !== undefined && before[id]?.at === undefined)
      .map(([id]) => id),
    attributes: { grantsVersion: readCount(item.grantsVersion) + 1, baseTier },
    maps: hasMap
      ? Object.fromEntries(changed.map(([id, grant]) => [`grants.${id}`, grant]))
      : { grants: Object.fromEntries(changed) },
    basedOn: ['grants'],
  };
}

/** What an item falls back to: the tier that it named before its first grant. */
function baseTierOf(
  item: Readonly<Record<string, unknown>>,
  tier: string | undefined,
  tiers: readonly Tier[],
): string | undefined {
  if (!isMap(item.grants)) return tier;
  const baseTier = readText(item.baseTier);
  return keepBase({ tier, grants: readGrants(item.grants), baseTier }, tiers);
}

/** Of a tier that the catalogue does not know, nothing can be taken over. */
function rankOf(tier: string | undefined, tiers: readonly Tier[]): number {
  return findTier(tiers, tier ?? '')?.rank ?? -1;
}

/** What an operator or another system gave since, above all that was paid for, is what the item falls back to from then on. */
function keepBase(stored: StoredAccess, tiers: readonly Tier[]): string | undefined {
  const isKnown = stored.tier !== undefined && findTier(tiers, stored.tier) !== undefined;
  return isKnown && isGiven(stored, tiers) ? stored.tier : stored.baseTier;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && value.constructor === Object;
}

function readText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function readCount(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
