import { expect, it } from 'vitest';
import { stretchTimeLimits, timeLimitMs } from './time-limits.ts';

it('keeps a limit as it was promised unless limits are stretched, and again after that', () => {
  expect(timeLimitMs(2350)).toBe(2350);
  const release = stretchTimeLimits(10);
  expect(timeLimitMs(2350)).toBe(23_500);
  const promised = stretchTimeLimits(1);
  expect(timeLimitMs(2350)).toBe(2350);
  promised();
  release();
  expect(timeLimitMs(2350)).toBe(2350);
});
