import type { QuotaExceededResponse } from '@cloudnestle/contracts/http/validate-token';
import type { Tier } from '@cloudnestle/contracts/plan';
import type { Catalogue } from '@cloudnestle/payments/catalogue';

/** The cheapest plan on sale that opens more of a solution than a tier does; null where none is. */
export function findUpgrade(
  { plans, tiers }: Catalogue,
  held: Tier,
  solutionId: string,
): QuotaExceededResponse['upgrade'] {
  const offers = plans.flatMap((plan) => {
    const tier = tiers.find((each) => each.tier === plan.tier);
    const isMore = tier !== undefined && tier.rank > held.rank;
    return isMore && plan.solutionIds.includes(solutionId) ? [{ plan, tier }] : [];
  });
  const [offer] = offers.toSorted(
    (one, other) => one.plan.amountInPaisa - other.plan.amountInPaisa,
  );
  if (!offer) return null;
  const { plan, tier } = offer;
  return {
    tier: plan.tier,
    plan_id: plan.planId,
    amount_in_paisa: plan.amountInPaisa,
    currency: plan.currency,
    daily_limit: tier.dailyQuota ?? -1,
    upgrade_path: '/payments/upgrade-to-pro',
  };
}
