import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { withLock } from './with-lock.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'lock-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const lockFile = () => join(directory, 'lock');

it('lets one after the other work, and leaves nothing behind', async () => {
  let running = 0;
  const work = () =>
    withLock(lockFile(), async () => {
      running += 1;
      await new Promise(setImmediate);
      expect(running).toBe(1);
      running -= 1;
    });
  await Promise.all([work(), work(), work()]);
  expect(await readdir(directory)).toEqual([]);
});

it('is free again after work that failed', async () => {
  await expect(withLock(lockFile(), () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await withLock(lockFile(), async () => 'done')).toBe('done');
});

it('waits for no process that is gone', async () => {
  // No system gives out a number like this.
  await writeFile(lockFile(), '2147483647');
  expect(await withLock(lockFile(), async () => 'done')).toBe('done');
});
