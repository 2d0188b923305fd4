import { expect, it } from 'vitest';
import { buildCatalogue, findPlanForTier, tierCovers } from './catalogue.ts';

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

it('knows who holds at least a tier', () => {
  expect(tierCovers(catalogue.tiers, 'pro', 'pro')).toBe(true);
  expect(tierCovers(catalogue.tiers, 'pro', 'registered')).toBe(true);
  expect(tierCovers(catalogue.tiers, 'registered', 'pro')).toBe(false);
  expect(tierCovers(catalogue.tiers, undefined, 'pro')).toBe(false);
  expect(tierCovers(catalogue.tiers, 'unheard-of', 'pro')).toBe(false);
});
