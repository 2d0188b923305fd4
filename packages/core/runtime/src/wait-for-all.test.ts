import { expect, it } from 'vitest';
import { waitForAll } from './wait-for-all.ts';

it('gives all results in their order', async () => {
  expect(await waitForAll([Promise.resolve(1), Promise.resolve(2)])).toEqual([1, 2]);
});

it('fails only once everything else has ended', async () => {
  let isDone = false;
  const slow = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
    isDone = true;
  });
  await expect(waitForAll([Promise.reject(new Error('first')), slow])).rejects.toThrow('first');
  expect(isDone).toBe(true);
});
