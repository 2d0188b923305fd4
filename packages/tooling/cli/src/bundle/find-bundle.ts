import { readFileSync, statSync } from 'node:fs';

/** Below this package, so that what a bundle leaves outside is found from it as from the sources. */
export const bundleFolder = `${import.meta.dirname}/../../node_modules/.cache/payments/bundle`;

/**
 * In a folder of bundles, what the newest was made from, a line each: the file to run; then of every file that it depends on
 * the modification time in milliseconds, the size in bytes and the path.
 */
export const RECORD = 'newest.txt';

/**
 * The file to run the command from, where it was built from what the sources are now; undefined where it has to be built.
 * Every start pays for this, so it only looks at times and sizes, and loads nothing.
 */
export function findBundle(folder: string = bundleFolder): string | undefined {
  const [entry, ...inputs] = readLines(`${folder}/${RECORD}`);
  if (entry === undefined) return undefined;
  return inputs.every(isAsItWas) ? `${folder}/${entry}` : undefined;
}

function isAsItWas(input: string): boolean {
  const [, mtimeMs, bytes, file = ''] = /^(\S+) (\S+) (.+)$/.exec(input) ?? [];
  const now = statSync(file, { throwIfNoEntry: false });
  return now !== undefined && now.mtimeMs === Number(mtimeMs) && now.size === Number(bytes);
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}
