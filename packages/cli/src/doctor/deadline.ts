/** What one call may take, repeats by the SDK included. */
export const CALL_TIMEOUT_MS = 4000;

/** Options of one call to AWS that end it in time. */
export function deadline(): { abortSignal: AbortSignal } {
  return { abortSignal: AbortSignal.timeout(CALL_TIMEOUT_MS) };
}
