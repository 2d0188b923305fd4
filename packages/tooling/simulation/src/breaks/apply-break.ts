import {
  cpSync,
  globSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';

/** One deliberate fault in the services' own code: a small replacement in one file. */
export interface Break {
  /** `pageWithoutItsWrite` */
  name: string;
  /** What is wrong then, in words. */
  what: string;
  /** The service or library that is broken, from the repository's root. */
  place: string;
  /** Shows where passes are sold: every episode is one with passes then. */
  passes?: true;
  /** Stands in its sources exactly once, in whichever file. */
  find: string;
  replace: string;
}

/** Puts a break into the sources below `root`; answers how to take it out again. Throws where it does not fit any more. */
export function applyBreak(root: string, each: Break): () => void {
  const { path, before, after } = planBreak(root, each);
  writeFileSync(path, after);
  return () => writeFileSync(path, before);
}

/** A file of the sources and what is in it. */
interface Source {
  path: string;
  text: string;
}

/** What a break would do below `root`. Throws unless its text stands in the place's sources exactly once. */
export function planBreak(
  root: string,
  { name, place, find, replace }: Break,
  sources: readonly Source[] = readSources(join(root, place, 'src')),
): { path: string; before: string; after: string } {
  const [only, ...others] = sources.flatMap(({ path, text }) =>
    Array.from({ length: text.split(find).length - 1 }, () => ({ path, before: text })),
  );
  if (!only || others.length > 0) {
    const count = only ? others.length + 1 : 0;
    throw new Error(`${name} does not fit any more: ${count} times in ${place}: ${find}`);
  }
  return { ...only, after: only.before.replace(find, () => replace) };
}

/** Every source in a folder but its tests. */
export function readSources(folder: string): Source[] {
  return globSync('**/*.ts', { cwd: folder })
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => join(folder, file))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }));
}

/** What a copy does without; packages from npm are shared. */
const leftOut: ReadonlySet<string> = new Set(['.git', 'dist', 'coverage', '.sst', '.data']);

/**
 * Copies the sources to a place where they can be broken. The links between our own packages are relative, so they lead to
 * the copies.
 */
export function copySources(root: string): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'broken-sources-'));
  for (const part of ['packages', 'services', 'stacks', 'package.json', 'pnpm-workspace.yaml']) {
    cpSync(join(root, part), join(path, part), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (source) => !leftOut.has(basename(source)) && !isBinary(relative(root, source)),
    });
  }
  symlinkSync(join(root, 'node_modules'), join(path, 'node_modules'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

function isBinary(path: string): boolean {
  return path.includes('node_modules/.bin');
}
