import { advanceClock, restoreClock } from '@cloudnestle/test-kit/advance-clock';
import { type LocalRun, type LocalRunOptions, startLocalRun } from '../start.ts';

/**
 * A run for one test file: silent, nothing in it happens by the clock, and retries that ask for time to pass are not waited
 * out by `idle`. Ended by its `stop`, which sets the clock right again.
 */
export async function startTestRun(options: LocalRunOptions = {}): Promise<LocalRun> {
  const run = await startLocalRun({
    log: () => undefined,
    schedules: 'by hand',
    passTime: advanceClock,
    ...options,
  });
  const stop = async () => {
    restoreClock();
    await run.stop();
  };
  return { ...run, stop };
}
