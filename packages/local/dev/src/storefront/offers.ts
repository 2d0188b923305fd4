import type { Tier } from '@cloudnestle/contracts/plan';
import {
  buildCatalogue,
  type Catalogue,
  DEFAULT_SOLUTION_ID,
  findOneTimePlan,
} from '@cloudnestle/payments/catalogue';
import { formatRupees } from '@cloudnestle/payments/money';

/** One plan in a buyer's words. */
export interface Offer {
  tier: string;
  name: string;
  price: string;
  terms: string;
  searches: string;
  /** False for the tier that every user has without paying. */
  isSold: boolean;
}

/** What the catalogue says, lowest tier first: no price or limit is spelled in the storefront. */
export function buildOffers(
  catalogue: Catalogue = buildCatalogue({ solutionId: DEFAULT_SOLUTION_ID }),
): Offer[] {
  return catalogue.tiers
    .toSorted((one, other) => one.rank - other.rank)
    .map((tier) => buildOffer(catalogue, tier));
}

function buildOffer(catalogue: Catalogue, { tier, dailyQuota }: Tier): Offer {
  const plan = findOneTimePlan(catalogue, tier);
  return {
    tier,
    name: `${tier.charAt(0).toUpperCase()}${tier.slice(1)}`,
    price: plan ? formatRupees(plan.amountInPaisa) : 'Free',
    terms: plan
      ? `${periods[plan.period]}${plan.taxInclusive ? ', taxes included' : ''}`
      : 'with your account',
    searches: dailyQuota === null ? 'Unlimited searches' : `${dailyQuota} searches a day`,
    isSold: plan !== undefined,
  };
}

const periods = { ONE_TIME: 'one-time payment', MONTHLY: 'per month', YEARLY: 'per year' };
