import { expect, it } from 'vitest';
import { createChance } from './create-chance.ts';

const draw = (seed: number, purpose?: string) => {
  const chance = createChance(seed, purpose);
  return Array.from({ length: 20 }, () => chance.fraction());
};

it('answers the same for the same seed and purpose, and otherwise something else', () => {
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)).not.toEqual(draw(2));
  expect(draw(1, 'weather')).not.toEqual(draw(1, 'people'));
});

it('spreads evenly over what there is to choose from', () => {
  const chance = createChance(7);
  const counts = [0, 0, 0, 0, 0];
  for (let round = 0; round < 50_000; round += 1) {
    const index = chance.below(5);
    counts[index] = (counts[index] ?? 0) + 1;
  }
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
});

it('picks names as often as their weights say, and never one without weight', () => {
  const chance = createChance(7);
  const counts = { often: 0, seldom: 0, never: 0 };
  for (let round = 0; round < 10_000; round += 1) {
    counts[chance.weighted({ often: 9, seldom: 1, never: 0 })] += 1;
  }
  expect(counts.never).toBe(0);
  expect(counts.seldom).toBeGreaterThan(800);
  expect(counts.seldom).toBeLessThan(1_200);
});
