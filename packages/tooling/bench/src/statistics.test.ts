import { expect, test } from 'vitest';
import { median, quantile, spreadOfRatios } from './statistics.ts';

test('the median does not depend on the order and lies between the middle two', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 3, 2])).toBe(2.5);
});

test('a quantile is interpolated and reaches both ends', () => {
  const sample = Array.from({ length: 101 }, (_, index) => index);
  expect(quantile(sample, 0.99)).toBe(99);
  expect(quantile(sample, 0)).toBe(0);
  expect(quantile(sample, 1)).toBe(100);
  expect(quantile([10, 20], 0.25)).toBe(12.5);
});

test('nothing measured is an error, not a zero', () => {
  expect(() => median([])).toThrow('nothing was measured');
});

test('ratios are taken pair by pair, so that a slow moment hits both sides alike', () => {
  const spread = spreadOfRatios([
    [11, 10],
    [110, 100],
    [24, 20],
  ]);
  expect(spread).toEqual({ median: 1.1, low: 1.1, high: expect.closeTo(1.15) });
});
