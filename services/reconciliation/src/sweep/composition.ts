import { buildSweep } from '@cloudnestle/operations/sweep/build-sweep';
import type { Environment } from '@cloudnestle/runtime/config';
import { createPlatform, type Platform } from '@cloudnestle/runtime/platform';
import { buildScheduleHandler, type ScheduleHandler } from '@cloudnestle/runtime/schedule-handler';

/** The sweep as a function on a schedule. */
export function buildHandler(
  environment: Environment,
  platform: Platform = createPlatform('reconciliation'),
): ScheduleHandler {
  const sweep = buildSweep(environment, platform);
  return buildScheduleHandler(platform, {
    unit: 'sweep',
    run: (options) => sweep({ ...options, scope: 'due' }),
  });
}
