/** One wherever a limit is a promise to somebody: on AWS. */
let factor = 1;

/**
 * A time limit as this process keeps it. Limits are promises of a deployed stage: a call is given up after a second, so
 * that PhonePe has its answer within 2.5 s. A process that plays the whole stage on a machine of unknown speed stretches
 * them, so that a slow machine is not taken for a broken service.
 */
export function timeLimitMs(promisedMs: number): number {
  return promisedMs * factor;
}

/** Keeps limits so many times longer, until the function it answers is called. Clients take theirs when they are made. */
export function stretchTimeLimits(by: number): () => void {
  const before = factor;
  factor = by;
  return () => {
    factor = before;
  };
}
