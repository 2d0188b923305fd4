export type Timers = ReturnType<typeof createTimers>;

/** Timers that end together. None of them keeps a process alive. */
export function createTimers() {
  const running = new Set<NodeJS.Timeout>();
  const stopped = new AbortController();

  function after(delayMs: number, job: () => void): void {
    if (stopped.signal.aborted) return;
    const timer = setTimeout(() => {
      running.delete(timer);
      job();
    }, delayMs);
    timer.unref();
    running.add(timer);
  }

  return {
    /** Aborted once, by `stop`. */
    stopped: stopped.signal,
    after,
    /** Waits; false if the timers were stopped meanwhile. */
    wait: (delayMs: number) =>
      new Promise<boolean>((resolve) => {
        if (stopped.signal.aborted) return resolve(false);
        const end = () => resolve(false);
        stopped.signal.addEventListener('abort', end, { once: true });
        after(delayMs, () => {
          stopped.signal.removeEventListener('abort', end);
          resolve(true);
        });
      }),
    stop() {
      for (const timer of running) clearTimeout(timer);
      running.clear();
      stopped.abort();
    },
  };
}
