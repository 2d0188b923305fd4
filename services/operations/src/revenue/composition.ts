import { connectRevenue } from '@cloudnestle/operations/revenue/connect-revenue';
import { recountDueDays } from '@cloudnestle/operations/revenue/recount-days';
import { addMs } from '@cloudnestle/payments/clock';
import type { Environment } from '@cloudnestle/runtime/config';
import { createPlatform, type Platform } from '@cloudnestle/runtime/platform';
import { buildScheduleHandler, type ScheduleHandler } from '@cloudnestle/runtime/schedule-handler';

/** A day is begun only with so much time left. */
const DAY_MS = 30_000;

/** Counts the days that are due anew, as a function on a schedule; what a run has no time for, the next one counts. */
export function buildHandler(
  environment: Environment,
  platform: Platform = createPlatform('revenue'),
): ScheduleHandler {
  const deps = connectRevenue(environment, platform);
  return buildScheduleHandler(platform, {
    unit: 'revenue',
    run: async ({ timeoutMs }) => {
      const until = addMs(platform.now(), timeoutMs - DAY_MS);
      const { due, counted } = await recountDueDays(deps, () => platform.now() < until);
      return { outcome: counted === due ? 'done' : 'deadline', due, settled: counted };
    },
  });
}
