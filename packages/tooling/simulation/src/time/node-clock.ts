import { syncBuiltinESMExports } from 'node:module';
import nodeTimers from 'node:timers';
import timersPromises from 'node:timers/promises';
import type { Planned, Scheduler } from './scheduler.ts';

/**
 * Puts virtual time in the place of node's: `Date`, `setTimeout` and `setInterval` (the global ones and those of
 * `node:timers`, which middy takes), the pauses of `node:timers/promises`, and what `performance` counts. Each timer is a
 * step of the actor that set it. Answers how to take it back.
 *
 * A library of fake timers keeps one list for the process and does not know whose a timer is: the code of a dead or frozen
 * container would go on by it.
 */
export function installNodeClock(scheduler: Scheduler): () => void {
  const { setTimeout, clearTimeout, setInterval, clearInterval } = globalThis;
  const before = { setTimeout, clearTimeout, setInterval, clearInterval };
  const dateBefore = globalThis.Date;
  const sleepBefore = timersPromises.setTimeout;
  const performanceBefore = performance.now;
  const timers = createTimers(scheduler);
  Object.assign(globalThis, { ...timers, Date: createDate(dateBefore, scheduler) });
  Object.assign(nodeTimers, timers);
  Object.assign(timersPromises, { setTimeout: createSleep(scheduler) });
  Object.assign(performance, { now: () => scheduler.nowMs() });
  syncBuiltinESMExports();
  return () => {
    Object.assign(globalThis, { ...before, Date: dateBefore });
    Object.assign(nodeTimers, before);
    Object.assign(timersPromises, { setTimeout: sleepBefore });
    Object.assign(performance, { now: performanceBefore });
    syncBuiltinESMExports();
  };
}

/** What node's timers answer, as far as anything here asks it. */
class VirtualTimer {
  planned: Planned | undefined;
  unref(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  hasRef(): boolean {
    return true;
  }
}

function createTimers(scheduler: Scheduler) {
  const clear = (timer: unknown) => {
    if (timer instanceof VirtualTimer) timer.planned?.cancel();
  };
  return {
    setTimeout: (run: (...values: unknown[]) => void, delayMs = 0, ...values: unknown[]) => {
      const timer = new VirtualTimer();
      timer.planned = scheduler.after(delayMs, scheduler.current, () => run(...values));
      return timer;
    },
    setInterval: (run: (...values: unknown[]) => void, everyMs = 1, ...values: unknown[]) => {
      const timer = new VirtualTimer();
      const actor = scheduler.current;
      const plan = () => {
        timer.planned = scheduler.after(Math.max(1, everyMs), actor, () => {
          plan();
          run(...values);
        });
      };
      plan();
      return timer;
    },
    clearTimeout: clear,
    clearInterval: clear,
  };
}

/** The same class as before in everything but the time that it takes for now. */
function createDate(RealDate: DateConstructor, scheduler: Scheduler): object {
  const now = () => scheduler.nowMs();
  function VirtualDate(...values: [] | [value: number]): Date | string {
    if (new.target === undefined) return new RealDate(now()).toString();
    return values.length === 0 ? new RealDate(now()) : new RealDate(...values);
  }
  const { parse, UTC, prototype } = RealDate;
  // What it makes are real dates: a proxy would do the same many times slower.
  return Object.assign(VirtualDate, { now, parse, UTC, prototype });
}

function createSleep(scheduler: Scheduler) {
  return <T>(
    delayMs = 0,
    value?: T,
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<T | undefined> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(abortError(signal));
      const giveUp = () => {
        planned.cancel();
        if (signal) reject(abortError(signal));
      };
      const planned = scheduler.after(delayMs, scheduler.current, () => {
        signal?.removeEventListener('abort', giveUp);
        resolve(value);
      });
      signal?.addEventListener('abort', giveUp, { once: true });
    });
}

function abortError({ reason }: AbortSignal): Error {
  return Object.assign(new Error('The operation was aborted', { cause: reason }), {
    name: 'AbortError',
    code: 'ABORT_ERR',
  });
}
