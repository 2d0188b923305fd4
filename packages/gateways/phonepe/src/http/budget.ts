import { timeLimitMs } from '@cloudnestle/payments/time-limits';

const LONGEST_TIMER_MS = 2_147_483_647;

/** Runs `work` with a signal that aborts after `timeoutMs`. The work decides what to answer then. */
export async function withinBudget<T>(
  timeoutMs: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const ms = Math.min(Math.max(timeLimitMs(timeoutMs), 0), LONGEST_TIMER_MS);
  const timer = setTimeout(() => controller.abort(), ms);
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
  }
}

/** What `promise` answers, or `late` once the signal aborts. The promise itself goes on: others may share it. */
export async function orWhenOver<T, L>(
  signal: AbortSignal,
  promise: Promise<T>,
  late: L,
): Promise<T | L> {
  let giveUp = () => {};
  const over = new Promise<L>((resolve) => {
    giveUp = () => resolve(late);
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
  });
  try {
    return await Promise.race([promise, over]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}
