import { shell } from '../shell.ts';

/** A terminal tells the whole process group, and the parents hand the signal on: one Ctrl-C arrives several times. */
const SAME_SIGNAL_MS = 500;

/** What a shell reports of whoever was interrupted. */
export const INTERRUPTED = 130;

/**
 * Aborts at Ctrl-C, so that what is under way can be finished and letters given back, and makes the exit status 130. A
 * second Ctrl-C, later, ends the process at once: letters that it holds are hidden until their time is over.
 */
export function untilInterrupted(): AbortSignal {
  const interrupted = new AbortController();
  const caller = shell();
  let firstAt: number | undefined;
  caller.onSignal('SIGINT', () => {
    const now = performance.now();
    firstAt ??= now;
    if (now - firstAt > SAME_SIGNAL_MS) caller.exit(INTERRUPTED);
    caller.status = INTERRUPTED;
    interrupted.abort();
  });
  return interrupted.signal;
}
