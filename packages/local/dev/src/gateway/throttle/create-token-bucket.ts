import type { Throttle } from '@cloudnestle/topology/types';

export interface TokenBucket {
  /** False where no token is left; nobody waits for one. */
  take(): boolean;
}

/**
 * One route's throttle, whoever calls (API Gateway developer guide, "Throttle requests to your HTTP APIs"): `burst` tokens
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
