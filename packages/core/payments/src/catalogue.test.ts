import type { Plan } from '@cloudnestle/contracts/plan';
import { expect, it } from 'vitest';
import {
  buildCatalogue,
  choosePlan,
  compareTier,
  findOneTimePlan,
  limitsOf,
  monthsOf,
  nameOf,
  planIds,
} from './catalogue.ts';

const catalogue = buildCatalogue({ solutionId: 'some-solution' });

it('sells Pro for 29900 paisa, once and for ever, where a stage says nothing', () => {
  expect(catalogue.plansOnSale).toMatchObject([
    {
      planId: 'pro',
      name: 'Pro',
      amountInPaisa: 29_900,
      currency: 'INR',
      period: 'ONE_TIME',
      solutionIds: ['some-solution'],
    },
  ]);
  expect(findOneTimePlan(catalogue, 'pro')).toBe(catalogue.plansOnSale[0]);
  expect(findOneTimePlan(catalogue, 'basic')).toBeUndefined();
});

const everything = buildCatalogue({ solutionId: 's', onSale: planIds });
const proPass: Plan = {
  planId: 'pro-pass',
  planVersion: 1,
  tier: 'pro',
  solutionIds: ['s'],
  amountInPaisa: 19_900,
  currency: 'INR',
  taxInclusive: true,
  period: 'YEARLY',
};

it.each([
  [catalogue, { tier: 'pro' }, 'pro'],
  [catalogue, { tier: 'pro', planId: 'pro' }, 'pro'],
  [everything, { tier: 'basic', planId: 'basic-yearly' }, 'basic-yearly'],
  [everything, { tier: 'basic' }, 'severalPlans'],
  [{ ...everything, plansOnSale: [...everything.plansOnSale, proPass] }, { tier: 'pro' }, 'pro'],
  [everything, { tier: 'basic', planId: 'pro' }, 'planNotOnSale'],
  [catalogue, { tier: 'basic', planId: 'basic-yearly' }, 'planNotOnSale'],
  [catalogue, { tier: 'basic' }, 'tierNotOnSale'],
  [everything, { tier: 'registered' }, 'tierNotOnSale'],
  [everything, { tier: 'gold' }, 'unknownTier'],
])(
  'a buyer who names a plan or a tier gets just that, or the reason why not: %#',
  (shop, wanted, expected) => {
    const chosen = choosePlan(shop, wanted);
    expect(chosen.kind === 'plan' ? chosen.plan.planId : chosen.kind).toBe(expected);
  },
);

it('refuses to sell what it does not have', () => {
  expect(() => buildCatalogue({ solutionId: 's', onSale: ['gold'] })).toThrow('gold');
});

it('knows how long each plan holds, and what buyers call it', () => {
  const known = everything.plans.map((plan) => [plan.planId, monthsOf(plan), nameOf(plan)]);
  expect(known).toEqual(
    expect.arrayContaining([
      ['pro', undefined, 'Pro'],
      ['basic-monthly', 1, 'Basic, one month'],
      ['basic-yearly', 12, 'Basic, one year'],
      ['enterprise-monthly', 1, 'Enterprise, one month'],
      ['enterprise-yearly', 12, 'Enterprise, one year'],
    ]),
  );
  expect(nameOf({ planId: 'pro' })).toBe('Pro');
});

it('sells each plan under an id of its own, for a tier that it has', () => {
  expect(new Set(planIds).size).toBe(everything.plans.length);
  const tiers = new Set(everything.tiers.map(({ tier }) => tier));
  expect(everything.plans.filter(({ tier }) => !tiers.has(tier))).toEqual([]);
});

it.each([
  ['pro', 'pro', 'covers'],
  ['pro', 'registered', 'covers'],
  ['registered', 'pro', 'below'],
  [undefined, 'pro', 'below'],
  ['', 'pro', 'below'],
  ['campus', 'pro', 'unknown'],
  ['campus', 'registered', 'unknown'],
  ['campus', 'campus', 'covers'],
  ['registered', 'campus', 'below'],
  ['enterprise', 'pro', 'covers'],
  ['basic', 'pro', 'below'],
] as const)('a buyer with %s who wants %s: %s', (held, wanted, expected) => {
  expect(compareTier(catalogue.tiers, held, wanted)).toBe(expected);
});

it('has limits for every stored tier: an unknown one has the best, none the lowest', () => {
  expect(limitsOf(catalogue.tiers, 'registered').dailyQuota).toBe(10);
  expect(limitsOf(catalogue.tiers, 'basic').dailyQuota).toBe(50);
  expect(limitsOf(catalogue.tiers, 'pro').dailyQuota).toBeNull();
  expect(limitsOf(catalogue.tiers, 'campus').dailyQuota).toBeNull();
  expect(limitsOf(catalogue.tiers, undefined).dailyQuota).toBe(10);
  expect(limitsOf(catalogue.tiers, '').dailyQuota).toBe(10);
});
