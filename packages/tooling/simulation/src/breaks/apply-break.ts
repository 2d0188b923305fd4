import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Break } from './break.ts';

/** Puts a break into the sources below `root`; answers how to take it out again. Throws where it does not fit any more. */
export function applyBreak(root: string, each: Break): () => void {
  const { path, before, after } = planBreak(root, each);
  writeFileSync(path, after);
  return () => writeFileSync(path, before);
}

/** What a break would do below `root`. Throws unless its text stands in the place's sources exactly once. */
export function planBreak(
  root: string,
  { name, place, find, replace }: Break,
): { path: string; before: string; after: string } {
  const sources = join(root, place, 'src');
  const [only, ...others] = globSync('**/*.ts', { cwd: sources })
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => join(sources, file))
    .flatMap((path) => {
      const before = readFileSync(path, 'utf8');
      return Array.from({ length: before.split(find).length - 1 }, () => ({ path, before }));
    });
  if (!only || others.length > 0) {
    const count = only ? others.length + 1 : 0;
    throw new Error(`${name} does not fit any more: ${count} times in ${place}: ${find}`);
  }
  return { ...only, after: only.before.replace(find, () => replace) };
}
