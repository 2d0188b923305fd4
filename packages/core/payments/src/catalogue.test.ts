import { expect, it } from 'vitest';
import { buildCatalogue, compareTier, findPlanForTier, limitsOf } from './catalogue.ts';

const catalogue = buildCatalogue({ solutionId: 'some-solution' });

it('sells Pro for 29900 paisa and nothing else', () => {
  expect(catalogue.plans).toHaveLength(1);
  expect(findPlanForTier(catalogue, 'pro')).toMatchObject({
    amountInPaisa: 29_900,
    currency: 'INR',
    solutionIds: ['some-solution'],
  });
  expect(findPlanForTier(catalogue, 'registered')).toBeUndefined();
});

it.each([
  ['pro', 'pro', 'covers'],
  ['pro', 'registered', 'covers'],
  ['registered', 'pro', 'below'],
  [undefined, 'pro', 'below'],
  ['', 'pro', 'below'],
  ['enterprise', 'pro', 'unknown'],
  ['enterprise', 'registered', 'unknown'],
  ['enterprise', 'enterprise', 'covers'],
  ['registered', 'enterprise', 'below'],
] as const)('a buyer with %s who wants %s: %s', (held, wanted, expected) => {
  expect(compareTier(catalogue.tiers, held, wanted)).toBe(expected);
});

it('has limits for every stored tier: an unknown one has the best, none the lowest', () => {
  expect(limitsOf(catalogue.tiers, 'registered').dailyQuota).toBe(10);
  expect(limitsOf(catalogue.tiers, 'pro').dailyQuota).toBeNull();
  expect(limitsOf(catalogue.tiers, 'enterprise').dailyQuota).toBeNull();
  expect(limitsOf(catalogue.tiers, undefined).dailyQuota).toBe(10);
  expect(limitsOf(catalogue.tiers, '').dailyQuota).toBe(10);
});
