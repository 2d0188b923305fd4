import type { Waits } from '@cloudnestle/contracts/admin/analytics';

/** Seconds up to which a wait belongs to a bucket; what is longer than the last belongs to one more. */
const bounds = [5, 15, 30, 60, 120, 300, 900, 3600, 21_600, 86_400] as const;

export function emptyWaits(): number[] {
  return Array.from({ length: bounds.length + 1 }, () => 0);
}

/** Counts a wait; clocks of two systems may let it look negative, and then it was short. */
export function noteWait(waits: number[], waitMs: number): void {
  const at = bounds.findIndex((bound) => waitMs <= bound * 1000);
  const bucket = at < 0 ? bounds.length : at;
  waits[bucket] = (waits[bucket] ?? 0) + 1;
}

export function addWaits(sum: number[], more: readonly number[]): void {
  more.forEach((count, at) => {
    sum[at] = (sum[at] ?? 0) + count;
  });
}

/** Buckets, and what can be said by them: half of the waits were no longer than their bucket's bound. */
export function describeWaits(waits: readonly number[]): Waits {
  const count = waits.reduce((sum, each) => sum + each, 0);
  return {
    count,
    ...(count === 0
      ? {}
      : { medianSeconds: boundOf(waits, count * 0.5), p95Seconds: boundOf(waits, count * 0.95) }),
    buckets: waits.map((each, at) => ({ upToSeconds: bounds[at] ?? null, count: each })),
  };
}

function boundOf(waits: readonly number[], rank: number): number {
  let seen = 0;
  for (const [at, count] of waits.entries()) {
    seen += count;
    if (seen >= rank) return bounds[at] ?? bounds[bounds.length - 1] ?? 0;
  }
  return 0;
}
