import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Break } from './break.ts';

/** Puts a break into the sources below `root`; answers how to take it out again. Throws where it does not fit any more. */
export function applyBreak(root: string, { name, file, find, replace }: Break): () => void {
  const path = join(root, file);
  const before = readFileSync(path, 'utf8');
  const count = before.split(find).length - 1;
  if (count !== 1) {
    throw new Error(`${name} does not fit any more: ${count} times in ${file}: ${find}`);
  }
  writeFileSync(
    path,
    before.replace(find, () => replace),
  );
  return () => writeFileSync(path, before);
}
