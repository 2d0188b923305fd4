/** The attempt that is the last one; SQS's own redrive (maxReceiveCount 10) is the net behind it (rule 5). */
export const LAST_ATTEMPT = 8;

const FIRST_DELAY_SECONDS = 10;
const LONGEST_DELAY_SECONDS = 15 * 60;

/** What becomes of a record that failed. */
export type RetryPlan =
  | { kind: 'retry'; inSeconds: number }
  | { kind: 'deadLetter'; failureKind: 'permanent' | 'exhausted' };

/**
 * Decides, and does nothing: 10 s x 3^n with jitter (the upper half of the delay is random), at most 15 minutes.
 * `attempt` counts from 1; `scale` shortens delays for demonstrations and tests.
 */
export function planRetry(failure: {
  permanent: boolean;
  attempt: number;
  retryInSeconds?: number | undefined;
  random: () => number;
  scale: number;
}): RetryPlan {
  if (failure.permanent) return { kind: 'deadLetter', failureKind: 'permanent' };
  if (failure.attempt >= LAST_ATTEMPT) return { kind: 'deadLetter', failureKind: 'exhausted' };
  if (failure.retryInSeconds !== undefined) {
    // What the failure asks for is a real time, such as the end of another's claim: never shortened.
    return { kind: 'retry', inSeconds: Math.min(failure.retryInSeconds, LONGEST_DELAY_SECONDS) };
  }
  const grown = Math.min(FIRST_DELAY_SECONDS * 3 ** (failure.attempt - 1), LONGEST_DELAY_SECONDS);
  const jittered = grown * (0.5 + failure.random() / 2);
  return { kind: 'retry', inSeconds: Math.round(jittered * failure.scale) };
}
