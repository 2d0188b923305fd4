import { randomUUID } from 'node:crypto';
import type { Log } from '@cloudnestle/runtime/logger';
import { findFunction } from '@cloudnestle/topology/functions';
import type { Topology } from '@cloudnestle/topology/topology';
import type { ScheduledFunctionName } from '@cloudnestle/topology/types';
import type { Handlers } from '../build-handlers.ts';
import { type Scheduler, startScheduler } from '../scheduler/start-scheduler.ts';
import { systemTimers } from '../scheduler/timers.ts';
import type { ScheduleControl } from './local-run.ts';
import type { LocalRunOptions } from './options.ts';

/** Starts the topology's schedules on this machine's clock, or leaves them to whoever runs them by hand. */
export function startSchedules(options: {
  topology: Topology;
  handlers: Handlers;
  mode: LocalRunOptions['schedules'];
  logOf(unit: string): Log;
}): Scheduler {
  const { topology, handlers, mode = 'clock', logOf } = options;
  return startScheduler({
    schedules: topology.schedules,
    functionOf: (name) => ({ definition: findFunction(name), handler: handlers[name] }),
    mode,
    timers: systemTimers,
    logOf,
    nowMs: Date.now,
    newId: randomUUID,
  });
}

/** The same by function, as far as others may steer them. */
export function scheduleControlsOf(
  scheduler: Scheduler,
): Record<ScheduledFunctionName, ScheduleControl> {
  return { sweep: { runNow: () => scheduler.runNow('sweep') } };
}
