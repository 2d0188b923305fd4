import type { OfferedPlan, PlansResponse } from '@cloudnestle/contracts/http/plans';
import type { Plan } from '@cloudnestle/contracts/plan';
import { type Catalogue, limitsOf, monthsOf, nameOf } from '@cloudnestle/payments/catalogue';
import { paisaToRupees } from '@cloudnestle/payments/money';
import type { Endpoint } from '@cloudnestle/runtime/http/handler';

/** What is on sale, for every caller: it depends on nothing but the stage's configuration. */
export function buildPlansEndpoint(catalogue: Catalogue): Endpoint {
  const body = describeSale(catalogue);
  const summary = { outcome: 'listed' };
  return {
    unit: 'plans',
    reads: 'none',
    handle: async () => ({ statusCode: 200, body, summary }),
  };
}

/** The lowest tier first, the cheaper plan first. */
export function describeSale({ tiers, plansOnSale }: Catalogue): PlansResponse {
  const rankOf = ({ tier }: Plan) => limitsOf(tiers, tier).rank;
  const sorted = plansOnSale.toSorted(
    (one, other) => rankOf(one) - rankOf(other) || one.amountInPaisa - other.amountInPaisa,
  );
  const lowest = limitsOf(tiers, undefined);
  return {
    success: true,
    plans: sorted.map((plan) => describePlan(plan, limitsOf(tiers, plan.tier).dailyQuota)),
    withoutPlan: { tier: lowest.tier, searchesPerDay: lowest.dailyQuota },
  };
}

function describePlan(plan: Plan, searchesPerDay: number | null): OfferedPlan {
  return {
    planId: plan.planId,
    planVersion: plan.planVersion,
    name: nameOf(plan),
    tier: plan.tier,
    period: plan.period,
    months: monthsOf(plan) ?? null,
    amountInPaisa: plan.amountInPaisa,
    amount: paisaToRupees(plan.amountInPaisa),
    currency: plan.currency,
    taxInclusive: plan.taxInclusive,
    taxNote: plan.taxInclusive ? 'All taxes are included.' : 'Taxes come on top.',
    searchesPerDay,
    solutionIds: plan.solutionIds,
  };
}
