import { expect, it } from 'vitest';
import { runWithLimit } from './run-with-limit.ts';

it('tells how a command ended and what it said', async () => {
  const script = "console.log('out'); console.error('err'); process.exitCode = 3";
  const { code, text } = await runWithLimit(process.execPath, ['-e', script], { limitMs: 240_000 });
  expect(code).toBe(3);
  expect(text.split('\n').toSorted()).toEqual(['err', 'out']);
});

it('ends a command that takes too long, with what it has started', async () => {
  // The grandchild keeps the pipe open: without it the whole group would have to be waited for.
  const script = "require('node:child_process').spawn('sleep', ['60'], { stdio: 'inherit' })";
  const ended = await runWithLimit(process.execPath, ['-e', script], { limitMs: 300 });
  expect(ended.code).toBeUndefined();
});
