import type { Spread } from './benchmark.ts';

/** The value below which `share` (0 to 1) of the sample lies, between neighbours in proportion. Throws on an empty one. */
export function quantile(sample: readonly number[], share: number): number {
  const sorted = sample.toSorted((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  if (below === undefined || above === undefined) throw new Error('nothing was measured');
  return below + (above - below) * (position - Math.floor(position));
}

export function median(sample: readonly number[]): number {
  return quantile(sample, 0.5);
}

/** Median and quartiles of the ratios of pairs that were measured next to each other. */
export function spreadOfRatios(pairs: readonly (readonly [number, number])[]): Spread {
  const ratios = pairs.map(([measured, baseline]) => measured / baseline);
  return {
    median: median(ratios),
    low: quantile(ratios, 0.25),
    high: quantile(ratios, 0.75),
  };
}
