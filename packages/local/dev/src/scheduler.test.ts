import { createFakePlatform } from '@cloudnestle/runtime/testing/fake-platform';
import { waitFor } from '@cloudnestle/test-kit/wait-for';
import { findFunction } from '@cloudnestle/topology/functions';
import type { Context } from 'aws-lambda';
import { afterEach, expect, it, vi } from 'vitest';
import { startScheduler, systemTimers } from './scheduler.ts';

const schedules = [{ name: 'the-sweep', everyMinutes: 5, function: 'sweep' as const }];

/** A scheduler whose minutes pass when the test says so. */
function start(
  handler: (event: unknown, context: Context) => Promise<void>,
  options: { mode?: 'clock' | 'by hand'; timeoutSeconds?: number } = {},
) {
  const { mode = 'clock', timeoutSeconds = 50 } = options;
  const platform = createFakePlatform({ now: new Date('2026-11-23T10:00:00Z') });
  const ticks = new Map<() => void, number>();
  const scheduler = startScheduler({
    schedules,
    functionOf: (name) => ({ definition: { ...findFunction(name), timeoutSeconds }, handler }),
    mode,
    timers: {
      every: (periodMs, tick) => {
        ticks.set(tick, periodMs);
        return () => ticks.delete(tick);
      },
    },
    logOf: () => platform.log,
    nowMs: () => platform.now().getTime(),
    newId: platform.newId,
  });
  const passPeriod = () => {
    for (const tick of ticks.keys()) tick();
  };
  return { scheduler, ticks, passPeriod, lines: platform.lines };
}

it('runs a function once in its period, for the first time one period after the start', async () => {
  const seen: { event: unknown; remainingMs: number }[] = [];
  const { scheduler, ticks, passPeriod } = start(async (event, context) => {
    seen.push({ event, remainingMs: context.getRemainingTimeInMillis() });
  });
  expect([...ticks.values()]).toEqual([5 * 60_000]);
  expect(seen).toEqual([]);

  passPeriod();
  passPeriod();
  await scheduler.settled();
  expect(seen).toHaveLength(2);
  expect(seen[0]).toMatchObject({
    remainingMs: 50_000,
    event: {
      source: 'aws.events',
      'detail-type': 'Scheduled Event',
      time: '2026-11-23T10:00:00.000Z',
      resources: [expect.stringContaining('rule/the-sweep')],
    },
  });
});

it('lets a run overlap one that is still going on', async () => {
  const ends: (() => void)[] = [];
  const { scheduler, passPeriod } = start(() => new Promise((end) => void ends.push(end)));
  passPeriod();
  passPeriod();
  await waitFor('both to be at work', () => ends.length === 2);
  for (const end of ends) end();
  await scheduler.settled();
  expect(scheduler.runCount()).toBe(2);
});

it.each([
  ['throws', async () => Promise.reject(new Error('the store is down')), 'the store is down'],
  ['takes too long', () => new Promise<void>(() => undefined), 'sweep timed out after 0.01 s'],
])('goes on after a run that %s, and the log says why', async (_what, handler, reason) => {
  const { scheduler, passPeriod, lines } = start(handler, { timeoutSeconds: 0.01 });
  passPeriod();
  await waitFor('the first line', () => lines.length === 1);
  passPeriod();
  await waitFor('the second line', () => lines.length === 2);
  expect(scheduler.runCount()).toBe(2);
  expect(lines[0]).toMatchObject({
    level: 'error',
    fields: { reason: expect.stringContaining(reason) },
  });
});

it('runs by hand at once, and tells the caller, not the log, what went wrong', async () => {
  let runs = 0;
  const { scheduler, lines } = start(async () => {
    runs += 1;
    if (runs === 2) throw new Error('the store is down');
  });
  await scheduler.runNow('sweep');
  await expect(scheduler.runNow('sweep')).rejects.toThrow('the store is down');
  expect({ runs, lines }).toEqual({ runs: 2, lines: [] });

  const slow = start(() => new Promise(() => undefined), { timeoutSeconds: 0.01 });
  await expect(slow.scheduler.runNow('sweep')).rejects.toThrow('timed out');
});

it('starts nothing by itself where everything is run by hand', async () => {
  let runs = 0;
  const count = async () => {
    runs += 1;
  };
  const { scheduler, ticks } = start(count, { mode: 'by hand' });
  expect(ticks.size).toBe(0);
  await scheduler.runNow('sweep');
  expect(runs).toBe(1);
});

it('leaves no timer when it stops, waits for what is running, and starts nothing any more', async () => {
  const end = Promise.withResolvers<void>();
  const { scheduler, ticks, passPeriod } = start(() => end.promise);
  passPeriod();
  let isStopped = false;
  const stopping = scheduler.stop({ waitMs: 60_000 }).then(() => {
    isStopped = true;
  });
  expect(ticks.size).toBe(0);
  await expect(scheduler.runNow('sweep')).rejects.toThrow('stopped');
  expect(isStopped).toBe(false);
  end.resolve();
  await stopping;
});

it('waits for a run that hangs only so long', async () => {
  const { scheduler, passPeriod } = start(() => new Promise(() => undefined));
  passPeriod();
  await scheduler.stop({ waitMs: 10 });
  expect(scheduler.runCount()).toBe(1);
});

afterEach(() => {
  vi.useRealTimers();
});

it('ticks once in every period until it is stopped, and leaves nothing behind', () => {
  vi.useFakeTimers();
  const tick = vi.fn();
  const stop = systemTimers.every(60_000, tick);
  vi.advanceTimersByTime(59_999);
  expect(tick).not.toHaveBeenCalled();
  vi.advanceTimersByTime(120_001);
  expect(tick).toHaveBeenCalledTimes(3);
  stop();
  expect(vi.getTimerCount()).toBe(0);
});

it('keeps no process alive', () => {
  // Only what does is listed here.
  const countTimers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout');
  const before = countTimers().length;
  const stop = systemTimers.every(60_000, () => undefined);
  expect(countTimers()).toHaveLength(before);
  stop();
});
