import { expect, test } from 'vitest';
import { planBackoffMs } from './plan-backoff.ts';

test('a queue that cannot be asked is asked ever more rarely, but at least every five seconds', () => {
  expect([1, 2, 3, 6, 7, 100].map(planBackoffMs)).toEqual([100, 200, 400, 3200, 5000, 5000]);
});
