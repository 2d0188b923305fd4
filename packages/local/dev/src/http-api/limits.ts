import type { Throttle } from '@cloudnestle/topology/types';

export interface TokenBucket {
  /** False where no token is left; a call never waits for one. */
  take(): boolean;
}

/**
 * One route's throttle for all callers together (API Gateway developer guide, "Throttle requests to your HTTP APIs"): `burst` tokens
 * at the start and never more, `ratePerSecond` of them come back, and every call takes one.
 */
export function createTokenBucket(
  { burst, ratePerSecond }: Throttle,
  nowMs: () => number,
): TokenBucket {
  let tokens = burst;
  let filledAtMs = nowMs();
  return {
    take: () => {
      const atMs = nowMs();
      // A clock that was set back brings no tokens and takes none away.
      const elapsedMs = Math.max(0, atMs - filledAtMs);
      tokens = Math.min(burst, tokens + (elapsedMs * ratePerSecond) / 1000);
      filledAtMs = atMs;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}

/** How many of one function may run at once, as a reservation on Lambda has it. */
export interface Ceiling {
  /** Takes a place and answers how to leave it, once; undefined where none is free: a call never waits for one. */
  enter(): (() => void) | undefined;
}

/** `most` undefined: as many as come. */
export function createCeiling(most = Number.POSITIVE_INFINITY): Ceiling {
  let running = 0;
  return {
    enter: () => {
      if (running >= most) return undefined;
      running += 1;
      return () => {
        running -= 1;
      };
    },
  };
}
