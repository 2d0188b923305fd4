import type { Clock } from '@cloudnestle/payments/clock';
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

/** One fetch for all callers who ask while it is under way. */
interface SharedFetch<T> {
  /** What the fetch under way answers, else what `fetch` does. */
  joinOrStart(fetch: () => Promise<T>): Promise<T>;
  /** The fetch under way; undefined where there is none to be joined. */
  underWay(): Promise<T> | undefined;
}

/**
 * Shares one fetch at a time. One that is older than `longestMs` by the clock is joined by no caller: it was frozen with
 * its container, and its own timer with it, so that it would cost the first call after the thaw all its time. It goes on
 * for the callers that wait for it already, and may end after a newer one: who keeps results orders them by their start.
 */
export function shareFetch<T>(now: Clock, longestMs: number): SharedFetch<T> {
  let running: { answer: Promise<T>; startedAtMs: number } | undefined;
  const underWay = () => {
    const isStale = running && now().getTime() - running.startedAtMs >= longestMs;
    return isStale ? undefined : running?.answer;
  };
  const start = (fetch: () => Promise<T>) => {
    const own = { startedAtMs: now().getTime(), answer: fetch() };
    running = own;
    const clear = () => {
      if (running === own) running = undefined;
    };
    own.answer.then(clear, clear);
    return own.answer;
  };
  return { joinOrStart: (fetch) => underWay() ?? start(fetch), underWay };
}
