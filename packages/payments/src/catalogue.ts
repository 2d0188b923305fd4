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

/** True where `current` is worth at least `wanted`. A tier the catalogue does not know is worth nothing. */
export function tierCovers(
  tiers: readonly Tier[],
  current: string | undefined,
  wanted: string,
): boolean {
  if (current === wanted) return true;
  const rankOf = (tier: string | undefined) => tiers.find((known) => known.tier === tier)?.rank;
  const currentRank = rankOf(current);
  const wantedRank = rankOf(wanted);
  return currentRank !== undefined && wantedRank !== undefined && currentRank >= wantedRank;
}
