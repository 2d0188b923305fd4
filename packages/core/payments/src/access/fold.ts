import type { Tier } from '@cloudnestle/contracts/plan';
import { compareTier, findTier, limitsOf } from '../catalogue.ts';
import { type Grants, readGrants } from './grants.ts';
import { type Window, windowsOf } from './windows.ts';

/** What a set of paid orders gives at a moment. */
export interface Access {
  tier: string;
  /** When the tier's unbroken cover began (ISO, UTC). Absent where the tier is no paid order's. */
  since?: string;
  /** When that cover ends: from this very moment on it is less. Absent: it does not end. */
  until?: string;
}

interface FoldContext {
  tiers: readonly Tier[];
  now: Date;
}

/**
 * The one rule of access (rule 2): which tier a set of paid orders gives at a moment, and until when. Pure, so it says
 * the same wherever the set is kept, in whatever order and however often its orders arrived.
 *
 * The tier is the best by rank among the windows that hold now (`windowsOf`) and `baseTier`, what the item named before
 * its first grant. A base that some order of the set sells came from such an order: then, and where the catalogue does not
 * know it, the base is the lowest tier. Of two tiers with one rank, the one of the first paid order counts. A grant of a tier
 * that the catalogue does not know gives nothing here: the field that names such a tier is left alone by its writers.
 */
export function foldAccess(
  { grants, baseTier }: { grants: Grants; baseTier?: string | undefined },
  { tiers, now }: FoldContext,
): Access {
  const base = baseOf({ grants, baseTier }, tiers);
  const known = rankWindows(grants, { tiers, now });
  const holding = known.filter((window) => holdsAt(window, now));
  const [best] = holding.toSorted((one, other) => other.rank - one.rank);
  if (!best || best.rank < base.rank) return { tier: base.tier };
  // A base of the same rank never ends, and so neither does what is held.
  if (best.rank === base.rank) return { tier: best.tier, since: toIso(coverOf(best, known).from) };
  const { from, until } = coverOf(best, known);
  return {
    tier: best.tier,
    since: toIso(from),
    ...(until === Number.POSITIVE_INFINITY ? {} : { until: toIso(until) }),
  };
}

/** What a user's row or a record says of access: its tier as other systems read it, and what this system keeps beside. */
export interface StoredAccess {
  /** The tier that the item names now. */
  tier: string | undefined;
  grants?: unknown;
  baseTier?: string | undefined;
}

/**
 * What an item gives now. Its grants decide, also where the tier it names trails behind them. Without grants, where it
 * names a tier that the catalogue does not know, or one that is better than everything it was ever granted, that name
 * counts, for ever: another system, or an operator, gave it (`isGiven`).
 */
export function readAccess(stored: StoredAccess, context: FoldContext): Access {
  const grants = readGrants(stored.grants);
  const named = stored.tier?.trim() ? stored.tier : undefined;
  if (Object.keys(grants).length === 0 || isGiven(stored, context.tiers)) {
    return { tier: named ?? limitsOf(context.tiers, undefined).tier };
  }
  return foldAccess({ grants, baseTier: stored.baseTier }, context);
}

/**
 * What an item falls back to where none of its orders gives more. No buyer can buy what they hold: a base that one of the
 * orders sells came from such an order, and is no base.
 */
export function baseOf(
  stored: Pick<StoredAccess, 'grants' | 'baseTier'>,
  tiers: readonly Tier[],
): Tier {
  const lowest = limitsOf(tiers, undefined);
  const base = findTier(tiers, stored.baseTier ?? '');
  const isSold = Object.values(readGrants(stored.grants)).some(
    ({ tier }) => base !== undefined && findTier(tiers, tier)?.tier === base.tier,
  );
  if (base === undefined || isSold) return lowest;
  // In the item's own spelling.
  return { ...base, tier: stored.baseTier ?? base.tier };
}

/**
 * Whether the tier that an item names cannot come from its paid orders: the catalogue does not know it, or it is better
 * than every one of them and than what was there before. No payment or end takes away what was given so.
 */
export function isGiven({ tier, grants, baseTier }: StoredAccess, tiers: readonly Tier[]): boolean {
  if (!tier?.trim()) return false;
  const rank = findTier(tiers, tier)?.rank;
  if (rank === undefined) return true;
  const sources = [baseTier, ...Object.values(readGrants(grants)).map((grant) => grant.tier)];
  return sources.every((source) => (findTier(tiers, source ?? '')?.rank ?? -1) < rank);
}

/** A tier as an item is to name it: in its own spelling where it names that tier, or named it before its first grant. */
export function spellTier(
  tiers: readonly Tier[],
  { tier: named, baseTier }: Pick<StoredAccess, 'tier' | 'baseTier'>,
  tier: string,
): string {
  const isSame = (spelled: string | undefined) => findTier(tiers, spelled ?? '')?.tier === tier;
  return [named, baseTier].find(isSame) ?? tier;
}

/**
 * Until when an item covers a tier, by that tier or a better one: `held` false where it does not now. `until` absent:
 * for ever. A tier that the catalogue does not know covers nothing here; see `compareTier`.
 */
export function findCover(
  stored: StoredAccess,
  wanted: string,
  { tiers, now }: FoldContext,
): { held: false } | { held: true; until?: string } {
  const covers = (tier: string) => compareTier(tiers, tier, wanted) === 'covers';
  const grants = readGrants(stored.grants);
  if (Object.keys(grants).length === 0 || isGiven(stored, tiers)) {
    return covers(readAccess(stored, { tiers, now }).tier) ? { held: true } : { held: false };
  }
  if (covers(baseOf(stored, tiers).tier)) return { held: true };
  const windows = rankWindows(grants, { tiers, now }).filter(({ tier }) => covers(tier));
  const longest = windows
    .filter((window) => holdsAt(window, now))
    .map((window) => join(window, windows).until)
    .toSorted((one, other) => other - one)[0];
  if (longest === undefined) return { held: false };
  return longest === Number.POSITIVE_INFINITY
    ? { held: true }
    : { held: true, until: toIso(longest) };
}

type RankedWindow = Window & { rank: number };

/** A payment lies behind us, even where the gateway's clock is ahead of ours: what it begins has begun. */
function rankWindows(grants: Grants, { tiers, now }: FoldContext): RankedWindow[] {
  return windowsOf(grants).flatMap((window) => {
    const rank = findTier(tiers, window.tier)?.rank;
    if (rank === undefined || window.until <= window.from) return [];
    const from = window.isPaidStart ? Math.min(window.from, now.getTime()) : window.from;
    return [{ ...window, from, rank }];
  });
}

function holdsAt({ from, until }: Window, now: Date): boolean {
  return from <= now.getTime() && now.getTime() < until;
}

/** The unbroken cover around a window, by its tier or a better one. */
function coverOf(best: RankedWindow, windows: readonly RankedWindow[]) {
  return join(
    best,
    windows.filter(({ rank }) => rank >= best.rank),
  );
}

/** A window with all that touch it, and what touches those. */
function join(start: Window, windows: readonly Window[]): { from: number; until: number } {
  let { from, until } = start;
  for (;;) {
    const touching = windows.filter((each) => each.from <= until && each.until >= from);
    const wider = {
      from: Math.min(from, ...touching.map((each) => each.from)),
      until: Math.max(until, ...touching.map((each) => each.until)),
    };
    if (wider.from === from && wider.until === until) return wider;
    ({ from, until } = wider);
  }
}

function toIso(ms: number): string {
  return new Date(ms).toISOString();
}
