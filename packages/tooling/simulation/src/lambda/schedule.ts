import { buildScheduleEvent } from '@cloudnestle/dev/scheduler';
import type { ScheduleDefinition } from '@cloudnestle/topology/types';
import type { FunctionPool, Simulation } from '../parts/simulation.ts';

const MINUTE_MS = 60_000;
/** EventBridge invokes asynchronously: Lambda tries a failed run twice more. */
const RETRY_AFTER_MS = [60_000, 120_000];

/**
 * Runs a function by the clock. `isIdle`: nothing could come of a run now, so that it may be left out; days of waiting
 * cost nothing then. At least every hour it runs all the same.
 */
export function startSchedule(
  simulation: Simulation,
  definition: ScheduleDefinition,
  deps: { pool: FunctionPool; isIdle(): boolean },
): void {
  const { scheduler, lambda, faults, ids } = simulation;
  const { name, everyMinutes } = definition;
  let ranAtMs = Number.NEGATIVE_INFINITY;

  const run = (attempt = 0): void => {
    const event = buildScheduleEvent({ name, now: new Date(scheduler.nowMs()), id: ids.next() });
    deps.pool.invoke(event, (invocation) => {
      const retryMs = RETRY_AFTER_MS[attempt];
      if (invocation.kind === 'answered' || retryMs === undefined) return;
      scheduler.after(retryMs, lambda, () => run(attempt + 1));
    });
  };
  const tick = () => {
    scheduler.after(everyMinutes * MINUTE_MS, lambda, tick);
    const nowMs = scheduler.nowMs();
    if (deps.isIdle() && nowMs - ranAtMs < 60 * MINUTE_MS) return;
    if (faults.happens('scheduleMissed', 'lambda', 0.5, definition.function)) return;
    ranAtMs = nowMs;
    run();
    if (faults.happens('scheduleTwice', 'lambda', 0.5, definition.function)) run();
  };
  scheduler.after(everyMinutes * MINUTE_MS, lambda, tick);
}
