import { randomUUID } from 'node:crypto';
import { describeError } from '@cloudnestle/runtime/errors';
import type { Log } from '@cloudnestle/runtime/logger';
import type { ScheduleHandler } from '@cloudnestle/runtime/schedule-handler';
import { withTimeout } from '@cloudnestle/runtime/with-timeout';
import { findFunction } from '@cloudnestle/topology/functions';
import type { Topology } from '@cloudnestle/topology/topology';
import type {
  FunctionDefinition,
  ScheduleDefinition,
  ScheduledFunctionName,
} from '@cloudnestle/topology/types';
import type { Handlers } from './build-handlers.ts';
import { type ContextDependencies, invokeFunction } from './invoke-function.ts';
import type { LocalRunOptions, ScheduleControl } from './run/local-run.ts';

/** Starts the topology's schedules on this machine's clock, or leaves them to `runNow`. */
export function startSchedules(options: {
  topology: Topology;
  handlers: Handlers;
  mode: LocalRunOptions['schedules'];
  nowMs(): number;
  logOf(unit: string): Log;
}): Scheduler {
  const { topology, handlers, mode = 'clock', nowMs, logOf } = options;
  return startScheduler({
    schedules: topology.schedules,
    functionOf: (name) => ({ definition: findFunction(name), handler: handlers[name] }),
    mode,
    timers: systemTimers,
    logOf,
    nowMs,
    newId: randomUUID,
  });
}

/** What a run's caller may do with each scheduled function. */
export function scheduleControlsOf(
  scheduler: Scheduler,
): Record<ScheduledFunctionName, ScheduleControl> {
  return {
    sweep: { runNow: () => scheduler.runNow('sweep') },
    refundSweep: { runNow: () => scheduler.runNow('refundSweep') },
    invoiceSweep: { runNow: () => scheduler.runNow('invoiceSweep') },
    revenue: { runNow: () => scheduler.runNow('revenue') },
  };
}

interface SchedulerOptions extends RunScheduleOptions {
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

/** A function that the clock runs. */
interface ScheduledFunction {
  definition: FunctionDefinition;
  handler: ScheduleHandler;
}

interface RunScheduleOptions extends ContextDependencies {
  functionOf(name: ScheduledFunctionName): ScheduledFunction;
}

/** Runs a schedule's function once; rejects with what it threw, or where it takes longer than its timeout. */
async function runSchedule(
  schedule: ScheduleDefinition,
  options: RunScheduleOptions,
): Promise<void> {
  const { definition, handler } = options.functionOf(schedule.function);
  const now = new Date(options.nowMs());
  const event = buildScheduleEvent({ name: schedule.name, now, id: options.newId() });
  const invocation = await invokeFunction(definition, handler, event, options);
  if (invocation.kind === 'threw') throw invocation.error;
  if (invocation.kind === 'timedOut') {
    throw new Error(`${schedule.function} timed out after ${invocation.afterSeconds} s`);
  }
}

/** What EventBridge sends a function on a schedule. */
export function buildScheduleEvent(options: { name: string; now: Date; id: string }) {
  const { name, now, id } = options;
  return {
    version: '0',
    id,
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: '000000000000',
    time: now.toISOString(),
    region: 'us-east-1',
    resources: [`arn:aws:events:us-east-1:000000000000:rule/${name}`],
    detail: {},
  };
}

/** A clock that calls back. */
interface Timers {
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
