import { mkdtemp, readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fontFiles } from '@cloudnestle/invoice-pdf/fonts';
import { functions } from '@cloudnestle/topology/functions';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundleFunction, bundleFunctions, type FunctionBundle } from './bundle-functions.ts';

let directory: string;
let bundles: FunctionBundle[];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'function-bundles-'));
  bundles = await bundleFunctions(directory);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

it('builds one file per function of the topology, which exports its handler and nothing else', () => {
  expect(bundles.map(({ name }) => name)).toEqual(functions.map(({ name }) => name));
  for (const { exports, name } of bundles) expect(exports, name).toEqual(['handler']);
});

/** A page takes a library of 0.9 MB, which is read with the first page and not with the start. */
const settingPages: readonly string[] = ['notifications', 'invoices', 'invoice', 'invoiceSweep'];

/** An operator waits for it, and no buyer; it asks every service of AWS that the stage is made of. */
const OPERATORS_API = 'operate';

function mostBytes(name: string): number {
  if (settingPages.includes(name)) return 1_750_000;
  return name === OPERATORS_API ? 1_000_000 : 800_000;
}

it('stays so small that a cold start is quick', () => {
  for (const { name, bytes } of bundles) {
    expect(bytes, name).toBeLessThan(mostBytes(name));
  }
});

it('has the fonts of documents beside the functions that set them, with their licence', async () => {
  for (const { name, file } of bundles) {
    const beside = (await readdir(dirname(file))).toSorted();
    expect(beside, name).toEqual(
      settingPages.includes(name)
        ? [...Object.values(fontFiles), 'index.mjs'].toSorted()
        : ['index.mjs'],
    );
  }
});

it('carries no path of the machine that built it', async () => {
  for (const { file } of bundles) {
    expect(await readFile(file, 'utf8'), file).not.toContain(process.cwd());
  }
});

it('builds the same bytes alone, and leaves them untouched, so that nothing is deployed anew', async () => {
  const file = join(directory, 'webhook', 'index.mjs');
  const longAgo = new Date('2026-01-01T00:00:00Z');
  await utimes(file, longAgo, longAgo);
  expect((await bundleFunction('webhook', directory)).file).toBe(file);
  expect((await stat(file)).mtime).toEqual(longAgo);
});
