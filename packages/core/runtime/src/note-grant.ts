import type { Tier } from '@cloudnestle/contracts/plan';
import { isGiven, type StoredAccess } from '@cloudnestle/payments/access/fold';
import {
  type GrantNews,
  type Grants,
  isNews,
  isSameGrant,
  mergeGrant,
  readGrants,
} from '@cloudnestle/payments/access/grants';
import { findTier } from '@cloudnestle/payments/catalogue';

/** An item after news of one order's grant, and what of it is to be written: parts of a `buildChange`. */
export interface NotedGrant {
  /** The whole set, the news included. */
  grants: Grants;
  baseTier: string | undefined;
  /** The order's payment was not known here before. */
  isNewlyPaid: boolean;
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
  { transactionId, news }: { transactionId: string; news: GrantNews },
  tiers: readonly Tier[],
): NotedGrant {
  const hasMap = isMap(item.grants);
  const before = readGrants(item.grants);
  const current = before[transactionId];
  const next = current || isNews(news) ? mergeGrant(current, news) : undefined;
  const stored = readText(item.baseTier);
  const grants = next ? { ...before, [transactionId]: next } : before;
  const baseTier = hasMap ? keepBase({ tier, grants: before, baseTier: stored }, tiers) : tier;
  if (!next || isSameGrant(current, next)) {
    const attributes = hasMap ? { grantsVersion: item.grantsVersion, baseTier } : {};
    return { grants, baseTier, isNewlyPaid: false, attributes, maps: {}, basedOn: ['grants'] };
  }
  return {
    grants,
    baseTier,
    isNewlyPaid: next.at !== undefined && current?.at === undefined,
    attributes: { grantsVersion: readCount(item.grantsVersion) + 1, baseTier },
    maps: hasMap ? { [`grants.${transactionId}`]: next } : { grants: { [transactionId]: next } },
    basedOn: ['grants'],
  };
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
