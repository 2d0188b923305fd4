import { afterEach, expect, it, vi } from 'vitest';
import { systemTimers } from './timers.ts';

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
