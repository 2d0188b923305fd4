import { expect, it } from 'vitest';
import { keptSeeds } from '../kept-seeds.ts';
import { planJobs } from './seeds.ts';

const plan = (seeds: readonly [number, ...number[]], count: number, kept = false) =>
  planJobs({ seeds, kept, faults: 'heavy', buyers: 8 }).take(count).toArray();

it('gives the first episode the seed of the run, so that any episode can be a run', () => {
  expect(plan([7], 1)).toEqual([{ seed: 7, level: 'heavy', buyers: 8 }]);
});

it('gives every episode a seed of its own, the same in every run', () => {
  const seeds = plan([7], 10_000).map(({ seed }) => seed);
  expect(new Set(seeds).size).toBe(seeds.length);
  expect(plan([7], 10_000).map(({ seed }) => seed)).toEqual(seeds);
  expect(seeds.every((seed) => Number.isInteger(seed) && seed >= 0 && seed <= 0xffffffff)).toBe(
    true,
  );
});

it('begins with what is kept, and takes turns between several seeds', () => {
  const jobs = plan([7, 9], keptSeeds.length + 2, true);
  expect(jobs.map(({ seed }) => seed)).toEqual([...keptSeeds.map(({ seed }) => seed), 7, 9]);
});
