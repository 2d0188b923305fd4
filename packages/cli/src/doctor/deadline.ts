import { limitMs } from '../shell.ts';

/** What one call may take, repeats by the SDK included. */
export const callTimeoutMs = () => limitMs(4000);

/** Options of one call to AWS that end it in time. */
export function deadline(): { abortSignal: AbortSignal } {
  return { abortSignal: AbortSignal.timeout(callTimeoutMs()) };
}
