import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { withLock } from './with-lock.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'lock-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const lockFile = () => join(directory, 'locks', 'lock');

it('lets one after the other work', async () => {
  let running = 0;
  const work = () =>
    withLock(lockFile(), async () => {
      running += 1;
      await new Promise(setImmediate);
      expect(running).toBe(1);
      running -= 1;
    });
  await Promise.all([work(), work(), work()]);
});

it('is free again after work that failed', async () => {
  await expect(withLock(lockFile(), () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await withLock(lockFile(), async () => 'done')).toBe('done');
});

it('is held by one process of several, and free again as soon as that is killed', async () => {
  const module = JSON.stringify(join(import.meta.dirname, 'with-lock.ts'));
  const script = `const { withLock } = await import(${module});
    await withLock(${JSON.stringify(lockFile())}, () => {
      console.log('held');
      return new Promise((resolve) => setTimeout(resolve, 2 ** 30));
    });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  await once(child.stdout, 'data');
  let isOver = false;
  const waiting = withLock(lockFile(), async () => {
    isOver = true;
  });
  // A lock that is free is taken in far less than this takes.
  for (let round = 0; round < 20; round += 1)
    await withLock(`${lockFile()}-${round}`, async () => {});
  expect(isOver).toBe(false);
  child.kill('SIGKILL');
  await waiting;
});
