import type { Plan, Tier } from '@cloudnestle/contracts/plan';

/** The mission's document names it so; the live marketplace appends `-001`, hence configuration. */
export const DEFAULT_SOLUTION_ID = 'aws-solution-finder';

/** What is sold and what each tier may do: the only place with prices and limits. */
export interface Catalogue {
  tiers: readonly Tier[];
  plans: readonly Plan[];
}

export function buildCatalogue(options: { solutionId: string }): Catalogue {
  return {
    tiers: [
      { tier: 'registered', rank: 0, dailyQuota: 10 },
      { tier: 'pro', rank: 1, dailyQuota: null },
    ],
    plans: [
      {
        planId: 'pro',
        planVersion: 1,
        tier: 'pro',
        solutionIds: [options.solutionId],
        amountInPaisa: 29_900,
        currency: 'INR',
        taxInclusive: true,
        period: 'ONE_TIME',
      },
    ],
  };
}

/** The plan on sale for a tier, or undefined where none is sold. */
export function findPlanForTier(catalogue: Catalogue, tier: string): Plan | undefined {
  return catalogue.plans.find((plan) => plan.tier === tier);
}

/**
 * What somebody holds, beside a tier of the catalogue. `unknown`: a name that the catalogue does not have. An operator or
 * a later version wrote it, for nobody here sells it; whether it is better cannot be known, so it is left alone.
 */
export type TierComparison = 'covers' | 'below' | 'unknown';

/** Compares a stored tier with one that is wanted. None, or an empty one, is below everything. */
export function compareTier(
  tiers: readonly Tier[],
  held: string | undefined,
  wanted: string,
): TierComparison {
  if (!held?.trim()) return 'below';
  if (spell(held) === spell(wanted)) return 'covers';
  const heldRank = findTier(tiers, held)?.rank;
  const wantedRank = findTier(tiers, wanted)?.rank;
  if (heldRank === undefined) return 'unknown';
  return wantedRank !== undefined && heldRank >= wantedRank ? 'covers' : 'below';
}

/** The tier whose limits hold for a stored one: an unknown one is worth the best that there is, none the lowest. */
export function limitsOf(tiers: readonly Tier[], held: string | undefined): Tier {
  const isHeld = held !== undefined && held.trim() !== '';
  const known = isHeld ? findTier(tiers, held) : undefined;
  if (known) return known;
  const byRank = tiers.toSorted((one, other) => one.rank - other.rank);
  const tier = isHeld ? byRank.at(-1) : byRank[0];
  if (!tier) throw new Error('the catalogue has no tiers');
  return tier;
}

export function findTier(tiers: readonly Tier[], name: string): Tier | undefined {
  return tiers.find((known) => spell(known.tier) === spell(name));
}

/** Rows of the replaced system spell a tier with capitals or a space: that makes no other tier of it. */
function spell(tier: string): string {
  return tier.trim().toLowerCase();
}
