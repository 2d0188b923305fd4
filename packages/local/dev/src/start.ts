import { createCleanup } from './run/create-cleanup.ts';
import type { LocalRun } from './run/local-run.ts';
import type { LocalRunOptions } from './run/options.ts';
import { startParts } from './run/start-parts.ts';

export type { Timeline } from './log/create-timeline.ts';
export type { LogEntry } from './log/entry.ts';
export type { LogSink } from './log/sink.ts';
export type { LocalRun, PollerControl, ScheduleControl } from './run/local-run.ts';
export type { LocalRunOptions } from './run/options.ts';
export { LocalRunStartError, type StartErrorCode } from './run/start-error.ts';

/**
 * Runs all services on a local cloud (or on the endpoint given), with the PhonePe sandbox and the storefront behind one
 * address. Resolves when everything is ready.
 *
 * Rejects with `LocalRunStartError` for what its caller can put right (a taken port, a data directory in use, a dead
 * endpoint, a second run in one process); whatever had started by then is stopped again.
 */
export async function startLocalRun(options: LocalRunOptions = {}): Promise<LocalRun> {
  const cleanup = createCleanup();
  try {
    return await startParts(options, cleanup);
  } catch (error) {
    // The failure to start is the news; what goes wrong while cleaning up would hide it.
    await cleanup.run().catch(() => undefined);
    throw error;
  }
}
