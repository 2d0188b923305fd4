import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { type Graph, graphSchema } from '../graph/graph.ts';
import { installPlatform } from '../platform/install-platform.ts';
import { sstPaths } from '../platform/paths.ts';
import { withLock } from '../platform/with-lock.ts';
import { type EvaluateOptions, evaluate } from './evaluate.ts';
import { listOwnSources } from './list-own-sources.ts';

const keptSchema = z.object({
  sources: z.array(z.string()),
  digest: z.string(),
  graph: graphSchema,
});

/**
 * A stage's graph: evaluated once, then kept in `.sst/graphs` until a file changes that it came from. Several processes
 * may ask at once. Generates SST's platform first where it is missing.
 */
export async function loadGraph({ root, stage, config }: EvaluateOptions): Promise<Graph> {
  await installPlatform(root);
  const directory = join(sstPaths(root).work, 'graphs');
  const name = [stage, config]
    .filter(Boolean)
    .join('-')
    .replaceAll(/[^\w.-]/g, '_');
  const file = join(directory, `${name}.json`);
  await mkdir(directory, { recursive: true });
  return withLock(join(directory, `${name}.lock`), async () => {
    const kept = await readKept(root, file);
    if (kept) return kept;
    const { graph, sources } = await evaluate({
      root,
      stage,
      ...(config === undefined ? {} : { config }),
    });
    const digest = await digestOf(root, sources);
    await writeFile(`${file}.new`, JSON.stringify({ sources, digest, graph }));
    await rename(`${file}.new`, file);
    return graph;
  });
}

async function readKept(root: string, file: string): Promise<Graph | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const kept = keptSchema.safeParse(JSON.parse(text));
  if (!kept.success) return undefined;
  const { sources, digest, graph } = kept.data;
  return (await digestOf(root, sources)) === digest ? graph : undefined;
}

/** Of the sources, of the packages they use and of what evaluates them. A file that is gone is a change. */
async function digestOf(root: string, sources: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  const paths = ['node_modules/sst/package.json', 'pnpm-lock.yaml', ...sources].map((path) =>
    join(root, path),
  );
  for (const file of [...paths, ...(await listOwnSources())]) {
    hash.update(file).update(await readFile(file).catch(() => 'gone'));
  }
  return hash.digest('hex');
}
