import { formatAmount, type Plan } from '@cloudnestle/upgrade';

/** What every plan of a tier has beyond its searches. */
const features: Readonly<Record<string, readonly string[]>> = {
  registered: ['Search the AWS repositories'],
  basic: ['Access to all AWS repositories'],
  pro: [
    'Access to all AWS repositories',
    'Saved searches and collections',
    'Priority support',
    'Export functionality',
  ],
  enterprise: ['Everything that Pro has'],
};

export const featuresOf = (tier: string): readonly string[] => features[tier] ?? [];

export const priceOf = ({ amountInPaisa, currency }: Plan) => formatAmount(amountInPaisa, currency);

/** `one-time`, `for one month`: no plan renews by itself. */
export function termsOf({ months }: Plan): string {
  if (months === null) return 'one-time payment';
  return months === 12 ? 'for one year' : months === 1 ? 'for one month' : `for ${months} months`;
}

export function searchesOf(searchesPerDay: number | null): string {
  return searchesPerDay === null ? 'Unlimited searches' : `${searchesPerDay} searches a day`;
}

/** Plans by tier, in the API's order: the lowest tier first. */
export function groupByTier(
  plans: readonly Plan[],
): readonly (readonly [string, readonly Plan[]])[] {
  const groups = new Map<string, Plan[]>();
  for (const plan of plans) groups.set(plan.tier, [...(groups.get(plan.tier) ?? []), plan]);
  return [...groups];
}
