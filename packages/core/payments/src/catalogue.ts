import type { Plan, Tier } from '@cloudnestle/contracts/plan';

/** The mission's document names it so; the live marketplace appends `-001`, hence configuration. */
export const DEFAULT_SOLUTION_ID = 'aws-solution-finder';

/** What the shop sells plans of, in buyers' words. */
export const PRODUCT_NAME = 'AWS Solution Finder';

/** What is sold and what each tier may do: the only place with prices and limits. */
export interface Catalogue {
  tiers: readonly Tier[];
  /** Every plan that was ever sold: orders name them. */
  plans: readonly Plan[];
  /** Those of them that a buyer may choose on this stage. */
  plansOnSale: readonly Plan[];
}

const tiers: readonly Tier[] = [
  { tier: 'registered', rank: 0, dailyQuota: 10 },
  { tier: 'basic', rank: 1, dailyQuota: 50 },
  { tier: 'pro', rank: 2, dailyQuota: null },
  { tier: 'enterprise', rank: 3, dailyQuota: null },
];

type Offer = Pick<Plan, 'planId' | 'tier' | 'period' | 'amountInPaisa'> & { name: string };

const offers = [
  { planId: 'pro', name: 'Pro', tier: 'pro', period: 'ONE_TIME', amountInPaisa: 29_900 },
  {
    planId: 'basic-monthly',
    name: 'Basic, one month',
    tier: 'basic',
    period: 'MONTHLY',
    amountInPaisa: 9900,
  },
  {
    planId: 'basic-yearly',
    name: 'Basic, one year',
    tier: 'basic',
    period: 'YEARLY',
    amountInPaisa: 99_900,
  },
  {
    planId: 'enterprise-monthly',
    name: 'Enterprise, one month',
    tier: 'enterprise',
    period: 'MONTHLY',
    amountInPaisa: 99_900,
  },
  {
    planId: 'enterprise-yearly',
    name: 'Enterprise, one year',
    tier: 'enterprise',
    period: 'YEARLY',
    amountInPaisa: 999_900,
  },
] as const satisfies readonly Offer[];

/** Every plan by its id: what a stage's configuration may put on sale. */
export const planIds: readonly string[] = offers.map(({ planId }) => planId);

/** What is on sale where a stage says nothing. */
export const DEFAULT_PLANS_ON_SALE: readonly string[] = ['pro'];

/** `onSale`: ids of the plans that the stage sells. Throws where it names one that the catalogue does not have. */
export function buildCatalogue(options: {
  solutionId: string;
  onSale?: readonly string[];
}): Catalogue {
  const plans = offers.map(
    (offer): Plan => ({
      ...offer,
      planVersion: 1,
      solutionIds: [options.solutionId],
      currency: 'INR',
      taxInclusive: true,
    }),
  );
  const onSale = options.onSale ?? DEFAULT_PLANS_ON_SALE;
  const unknown = onSale.find((id) => !planIds.includes(id));
  if (unknown !== undefined) throw new Error(`the catalogue has no plan "${unknown}"`);
  return { tiers, plans, plansOnSale: plans.filter(({ planId }) => onSale.includes(planId)) };
}

/**
 * The plan that is bought for ever, of a tier; undefined where there is none. Rows of the replaced system name a tier
 * alone, and it sold nothing else.
 */
export function findOneTimePlan(catalogue: Catalogue, tier: string): Plan | undefined {
  return catalogue.plans.find((plan) => plan.tier === tier && plan.period === 'ONE_TIME');
}

/** What a caller means who names a tier, a plan of it, or both. */
export type ChosenPlan =
  | { kind: 'plan'; plan: Plan }
  /** No plan of this tier is on sale here. */
  | { kind: 'tierNotOnSale' }
  | { kind: 'unknownTier' }
  /** Not on sale here, or of another tier. */
  | { kind: 'planNotOnSale' }
  /** The tier has several plans on sale: the caller must say which. */
  | { kind: 'severalPlans'; planIds: readonly string[] };

/** The plan on sale that is meant: by its id, else the tier's only one, else the only one that is bought for ever. */
export function choosePlan(
  { tiers, plansOnSale }: Catalogue,
  wanted: { tier: string; planId?: string | undefined },
): ChosenPlan {
  if (!tiers.some(({ tier }) => tier === wanted.tier)) return { kind: 'unknownTier' };
  const ofTier = plansOnSale.filter(({ tier }) => tier === wanted.tier);
  if (wanted.planId !== undefined) {
    const plan = ofTier.find(({ planId }) => planId === wanted.planId);
    return plan ? { kind: 'plan', plan } : { kind: 'planNotOnSale' };
  }
  if (ofTier.length === 0) return { kind: 'tierNotOnSale' };
  // Pages of before there were passes name a tier alone, and mean what is bought for ever.
  const meant = ofTier.length === 1 ? ofTier : ofTier.filter(({ period }) => period === 'ONE_TIME');
  const [plan, ...others] = meant;
  if (plan && others.length === 0) return { kind: 'plan', plan };
  return { kind: 'severalPlans', planIds: ofTier.map(({ planId }) => planId) };
}

/** How many civil months a plan holds; undefined where it is bought once and for ever. */
export function monthsOf({ period }: Pick<Plan, 'period'>): number | undefined {
  switch (period) {
    case 'ONE_TIME':
      return undefined;
    case 'MONTHLY':
      return 1;
    case 'YEARLY':
      return 12;
  }
}

/** What buyers call a plan. Orders of before plans had names are told by their id. */
export function nameOf({ name, planId }: Pick<Plan, 'name' | 'planId'>): string {
  return name ?? planId.charAt(0).toUpperCase() + planId.slice(1);
}

/**
 * What a buyer holds, beside a tier of the catalogue. `unknown`: a name that the catalogue does not have. An operator or
 * a later version wrote it, for this catalogue does not sell it; whether it is better cannot be known, so it is left alone.
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
