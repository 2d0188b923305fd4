import { expect, it } from 'vitest';
import { seedOf } from './seeds.ts';

it('gives the first episode the seed of the run, so that any episode can be a run', () => {
  expect(seedOf(7, 0)).toBe(7);
});

it('gives every episode a seed of its own, the same in every run', () => {
  const seeds = Array.from({ length: 10_000 }, (_, episode) => seedOf(7, episode));
  expect(new Set(seeds).size).toBe(seeds.length);
  expect(seeds).toEqual(Array.from({ length: 10_000 }, (_, episode) => seedOf(7, episode)));
  expect(seeds.every((seed) => Number.isInteger(seed) && seed >= 0 && seed <= 0xffffffff)).toBe(
    true,
  );
});
