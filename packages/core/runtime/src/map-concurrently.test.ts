import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { mapConcurrently } from './map-concurrently.ts';

test('answers come in the order of the items, with no more at work than allowed', async () => {
  let atWork = 0;
  let most = 0;
  const results = await mapConcurrently([5, 1, 3, 2, 4], 2, async (item) => {
    atWork += 1;
    most = Math.max(most, atWork);
    await delay(item);
    atWork -= 1;
    return item * 10;
  });
  expect(results).toEqual([50, 10, 30, 20, 40]);
  expect(most).toBe(2);
});

test('one failure is the failure of all', async () => {
  const work = mapConcurrently([1, 2, 3], 3, async (item) => {
    if (item === 2) throw new Error('two');
  });
  await expect(work).rejects.toThrow('two');
});
