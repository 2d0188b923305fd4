import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';

const root = join(import.meta.dirname, '../../../..');
const program = join(import.meta.dirname, 'main.ts');
/** Longer than any run serves what it has read already. */
const KEPT_MS = 7 * 86_400_000;

/**
 * Builds one page of `packages/web` unless it stands built from these very sources; returns the folder with its `index.html`.
 * Two processes that build at once get the same. Rejects with Vite's own words where it cannot be built.
 */
export async function buildPages(name: string): Promise<string> {
  const page = join(root, 'packages/web', name);
  const cache = join(page, 'node_modules/.cache/pages');
  const folder = join(cache, await digestSources(name));
  if (await isThere(folder)) return folder;
  const scratch = join(cache, `unfinished-${randomUUID()}`);
  try {
    await buildInto(page, scratch);
    await rename(scratch, folder);
  } catch (error) {
    await rm(scratch, { recursive: true, force: true });
    // Another process was quicker.
    if (await isThere(folder)) return folder;
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
    throw new Error(`${relative(root, page)} cannot be built\n${said}`, { cause: error });
  }
  await removeOld(cache);
  return folder;
}

/** Builds the page in `page` into the folder `outDir`, as every page of this repository is built. Rejects with Vite's own words. */
export async function buildInto(page: string, outDir: string): Promise<void> {
  // In a process of its own: Vite is large, and a build reads NODE_ENV, which a test run has set to something else.
  await promisify(execFile)(process.execPath, [program, page, outDir], {
    env: { ...process.env, NODE_ENV: 'production' },
  });
}

const notBuilt = /node_modules|\/(dist|test)\/|\.test\.tsx?$|README\.md$/;

/** A name for all that a build depends on: the sources of the page and of the pages it is made of, runbooks, and what is installed. */
async function digestSources(name: string): Promise<string> {
  const folders = [...(await listParts(name)), join(root, 'docs/runbooks')];
  const paths = await Promise.all(folders.map(listFiles));
  const hash = createHash('sha256');
  for (const path of [...paths.flat().toSorted(), join(root, 'pnpm-lock.yaml')]) {
    hash
      .update(`${relative(root, path)}\0`)
      .update(await readFile(path))
      .update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

const manifestSchema = z.object({ dependencies: z.record(z.string(), z.string()).default({}) });

/** The folder of a page, and those of the packages beside it that it is built with. */
async function listParts(name: string): Promise<string[]> {
  const web = join(root, 'packages/web');
  const manifest: unknown = JSON.parse(await readFile(join(web, name, 'package.json'), 'utf8'));
  const needed = Object.keys(manifestSchema.parse(manifest).dependencies);
  const beside = (await readdir(web)).filter((each) => needed.includes(`@cloudnestle/${each}`));
  return [name, ...beside].map((each) => join(web, each));
}

async function listFiles(folder: string): Promise<string[]> {
  return (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => !notBuilt.test(path));
}

async function isThere(folder: string): Promise<boolean> {
  return (await stat(join(folder, 'index.html')).catch(() => undefined)) !== undefined;
}

async function removeOld(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const path = join(cache, name);
    const found = await stat(path).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > KEPT_MS) {
      await rm(path, { recursive: true, force: true });
    }
  }
}
