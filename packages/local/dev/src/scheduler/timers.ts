/** A clock that calls back. */
export interface Timers {
  /** Calls `tick` every `periodMs`, the first time one period from now, until what it returns is called. */
  every(periodMs: number, tick: () => void): () => void;
}

/** This process's own; they keep no process alive. */
export const systemTimers: Timers = {
  every: (periodMs, tick) => {
    const timer = setInterval(tick, periodMs);
    timer.unref();
    return () => clearInterval(timer);
  },
};
