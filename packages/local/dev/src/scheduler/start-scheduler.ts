import { describeError } from '@cloudnestle/runtime/errors';
import type { Log } from '@cloudnestle/runtime/logger';
import { withTimeout } from '@cloudnestle/runtime/with-timeout';
import type { ScheduleDefinition, ScheduledFunctionName } from '@cloudnestle/topology/types';
import { type RunScheduleOptions, runSchedule } from './run-schedule.ts';
import type { Timers } from './timers.ts';

export interface SchedulerOptions extends RunScheduleOptions {
  schedules: readonly ScheduleDefinition[];
  /** By hand: nothing runs but by `runNow`. */
  mode: 'clock' | 'by hand';
  timers: Timers;
  logOf(unit: string): Log;
}

export interface Scheduler {
  /** Runs a function once, whatever the clock says; rejects where it throws, takes too long, or has no schedule. */
  runNow(name: ScheduledFunctionName): Promise<void>;
  /** Runs started so far. */
  runCount(): number;
  /** Resolves when nothing is running. */
  settled(): Promise<void>;
  /** Starts nothing any more, then waits for what is running, at most `waitMs`. */
  stop(options: { waitMs: number }): Promise<void>;
}

/**
 * Runs functions by the clock as EventBridge does, from now on: the first run is one period away, and a run that takes
 * longer than its period does not keep the next one from starting. What fails is logged.
 */
export function startScheduler(options: SchedulerOptions): Scheduler {
  const { schedules, mode, timers, logOf } = options;
  const running = new Set<Promise<void>>();
  let runs = 0;
  let isStopped = false;

  function run(schedule: ScheduleDefinition): Promise<void> {
    runs += 1;
    const work = runSchedule(schedule, options).finally(() => running.delete(work));
    running.add(work);
    return work;
  }

  function runByClock(schedule: ScheduleDefinition): void {
    run(schedule).catch((error: unknown) => {
      logOf(schedule.function).error('scheduled run failed', { reason: describeError(error) });
    });
  }

  const stops = schedules
    .filter(() => mode === 'clock')
    .map((schedule) => timers.every(schedule.everyMinutes * 60_000, () => runByClock(schedule)));
  return {
    runNow: async (name) => {
      if (isStopped) throw new Error('the run was stopped');
      const schedule = schedules.find((each) => each.function === name);
      if (!schedule) throw new Error(`${name} has no schedule`);
      await run(schedule);
    },
    runCount: () => runs,
    settled: async () => {
      while (running.size > 0) await Promise.allSettled(running);
    },
    stop: async ({ waitMs }) => {
      isStopped = true;
      for (const stop of stops) stop();
      await withTimeout(Promise.allSettled(running), waitMs, () => undefined);
    },
  };
}
