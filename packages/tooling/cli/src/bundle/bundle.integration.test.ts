import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { buildBundle } from './build-bundle.ts';
import { findBundle } from './find-bundle.ts';

const run = promisify(execFile);
const yesterday = new Date(Date.now() - 86_400_000);

let folder: string;
let sources: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'payments-bundle-'));
  sources = await mkdtemp(join(tmpdir(), 'payments-sources-'));
  await write('main.ts', "const { words } = await import('./part.ts');\nconsole.log(words);\n");
  await write('part.ts', "export const words: string = 'first';\n");
});
afterEach(async () => {
  for (const each of [folder, sources]) await rm(each, { recursive: true, force: true });
});

it('runs the sources as they are, from what was built before while they stay so', async () => {
  expect(findBundle(folder)).toBeUndefined();
  const built = await build();
  expect(await output(built)).toBe('first\n');
  expect(findBundle(folder)).toBe(built);
});

it.each([
  ['another text', () => write('part.ts', "export const words: string = 'second';\n")],
  [
    'the same size at another time',
    () => write('part.ts', "export const words: string = 'other';\n", 1),
  ],
  ['a time that is older', () => write('part.ts', "export const words: string = 'first';\n", -1)],
  ['a file that is gone', () => rm(join(sources, 'part.ts'))],
])('never runs what the sources were before %s', async (_what, change) => {
  await build();
  await change();
  expect(findBundle(folder)).toBeUndefined();
});

it('builds anew after a source was written while it was read', async () => {
  await write('part.ts', "export const words: string = 'late';\n", 2 * 24 * 60);
  await build();
  expect(findBundle(folder)).toBeUndefined();
});

it('leaves to who still runs it what was built before, for a week', async () => {
  const first = await build();
  await write('part.ts', "export const words: string = 'second';\n", 1);
  const second = await build();
  expect(await output(first)).toBe('first\n');
  expect(await output(second)).toBe('second\n');
  const longAgo = new Date(Date.now() - 8 * 86_400_000);
  for (const name of await readdir(folder)) await utimes(join(folder, name), longAgo, longAgo);
  await build();
  expect(await output(second)).toBe('second\n');
  await expect(stat(first)).rejects.toThrow('ENOENT');
});

it('rejects what cannot be built, and leaves what was there', async () => {
  const built = await build();
  await write('part.ts', 'export const = ;', 1);
  await expect(build()).rejects.toThrow('part.ts');
  expect(await output(built)).toBe('first\n');
});

const build = () => buildBundle(join(sources, 'main.ts'), folder);

/** Written a day ago, or some minutes before or after that. */
async function write(name: string, text: string, minutes = 0): Promise<void> {
  const file = join(sources, name);
  await writeFile(file, text);
  const at = new Date(yesterday.getTime() + minutes * 60_000);
  await utimes(file, at, at);
}

async function output(file: string): Promise<string> {
  const { stdout } = await run(process.execPath, [file]);
  return stdout;
}
