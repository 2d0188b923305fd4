import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createLimit } from './create-limit.ts';

it('never has more under way than allowed, and does everything', async () => {
  const limit = createLimit(3);
  let atWork = 0;
  let most = 0;
  const done = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      limit(async () => {
        atWork += 1;
        most = Math.max(most, atWork);
        await turn();
        atWork -= 1;
        return index;
      }),
    ),
  );
  expect(most).toBe(3);
  expect(done).toEqual(Array.from({ length: 20 }, (_, index) => index));
});

it('goes on after work that failed', async () => {
  const limit = createLimit(1);
  const failing = limit(() => Promise.reject(new Error('no')));
  const next = limit(() => Promise.resolve('yes'));
  await expect(failing).rejects.toThrow('no');
  expect(await next).toBe('yes');
});
