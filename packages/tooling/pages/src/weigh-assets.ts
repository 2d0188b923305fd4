import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** What a built page loads besides itself, scripts and styles, by file: in bytes as they go over the wire, gzipped. */
export async function weighAssets(folder: string): Promise<ReadonlyMap<string, number>> {
  const assets = join(folder, 'assets');
  const weigh = async (name: string) =>
    [name, gzipSync(await readFile(join(assets, name)), { level: 9 }).length] as const;
  return new Map(await Promise.all((await readdir(assets)).map(weigh)));
}

/** All of them together. */
export function sumWeights(weights: ReadonlyMap<string, number>): number {
  return [...weights.values()].reduce((sum, bytes) => sum + bytes, 0);
}
