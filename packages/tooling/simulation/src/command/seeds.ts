import { keptSeeds } from '../kept-seeds.ts';
import type { EpisodeOptions } from '../world/run-episode.ts';
import type { SimulateOptions } from './read-arguments.ts';

export type Job = Omit<EpisodeOptions, 'trace'>;

/** The episodes of a run, without an end: those that are kept first, where they are wanted, then those of its seeds in turn. */
export function* planJobs({
  seeds,
  kept,
  faults: level,
  buyers,
  passes,
  desks,
}: Pick<SimulateOptions, 'seeds' | 'kept' | 'faults' | 'buyers' | 'passes' | 'desks'>): Generator<
  Job,
  never
> {
  if (kept) {
    for (const each of keptSeeds)
      yield { seed: each.seed, level: each.faults, buyers: each.buyers, passes: each.passes };
  }
  for (let episode = 0; ; episode += 1) {
    for (const seed of seeds) yield { seed: seedOf(seed, episode), level, buyers, passes, desks };
  }
}

/** The seed of an episode of a run: the first one's is the run's own, so that any episode can be a run. */
function seedOf(runSeed: number, episode: number): number {
  if (episode === 0) return runSeed;
  let value = (runSeed ^ Math.imul(episode, 0x9e3779b9)) >>> 0;
  value = Math.imul(value ^ (value >>> 16), 0x21f0aaad) >>> 0;
  value = Math.imul(value ^ (value >>> 15), 0x735a2d97) >>> 0;
  return (value ^ (value >>> 15)) >>> 0;
}
