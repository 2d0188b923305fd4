import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { buildPages } from '@cloudnestle/pages/build-pages';

/** Files by their path on the server, `/assets/index-abc.js`, in memory: a build that follows takes nothing away. */
export type BuiltPages = ReadonlyMap<string, BuiltFile>;

export interface BuiltFile {
  type: string;
  content: Uint8Array<ArrayBuffer>;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Reads pages of `packages/web` as they are built now, and builds them where their sources have changed. Once per run, when asked. */
export function createPageReader(name: string): () => Promise<BuiltPages> {
  let reading: Promise<BuiltPages> | undefined;
  return () => {
    reading ??= buildPages(name)
      .then(readFiles)
      .catch((error: unknown) => {
        // A developer who mends the sources reloads the page.
        reading = undefined;
        throw error;
      });
    return reading;
  };
}

/** The files of a folder that was built. */
export async function readFiles(folder: string): Promise<BuiltPages> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(async ({ parentPath, name: fileName }) => {
      const file = join(parentPath, fileName);
      const path = `/${relative(folder, file).split(sep).join('/')}`;
      const type = types[extname(fileName)] ?? 'application/octet-stream';
      return [path, { type, content: new Uint8Array(await readFile(file)) }] as const;
    });
  return new Map(await Promise.all(files));
}
