import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves when it is the turn of so many more; false where `signal` aborts before. */
export type Pace = (count: number) => Promise<boolean>;

/** Spreads what is done over time: `perSecond` in a second, at once without it. */
export function createPace(perSecond: number | undefined, signal: AbortSignal): Pace {
  let nextAtMs = Date.now();
  return async (count) => {
    if (perSecond === undefined) return !signal.aborted;
    const atMs = Math.max(nextAtMs, Date.now());
    nextAtMs = atMs + (count * 1000) / perSecond;
    await sleep(atMs - Date.now(), undefined, { signal }).catch(() => undefined);
    return !signal.aborted;
  };
}
