import { timeLimitMs } from '@cloudnestle/payments/time-limits';

/** What one call may take, repeats by the SDK included. */
export const callTimeoutMs = () => timeLimitMs(4000);

/** Options of one call to AWS that end it in time. */
export function deadline(): { abortSignal: AbortSignal } {
  return { abortSignal: AbortSignal.timeout(callTimeoutMs()) };
}
