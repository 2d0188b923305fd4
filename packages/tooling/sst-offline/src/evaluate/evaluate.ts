import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { graphSchema } from '../graph/graph.ts';
import { sstPaths } from '../platform/paths.ts';

const evaluationSchema = z.object({
  graph: graphSchema,
  /** The files that the config and its stacks came from, from the project's root. */
  sources: z.array(z.string()),
});
export type Evaluation = z.infer<typeof evaluationSchema>;

export interface EvaluateOptions {
  /** The project's root, with `.sst/platform` in it. */
  root: string;
  stage: string;
  /** From the root; by default `sst.config.ts`. */
  config?: string;
}

/** A config that could not be evaluated, in its own words. */
export class EvaluationError extends Error {}

const TIMEOUT_MS = 600_000;

/**
 * Evaluates an SST config with SST's real components, in a process of its own. Nothing leaves this machine, and of this
 * process's environment the config sees only the path. Rejects with an `EvaluationError` where it throws, names a
 * handler that is not there, or asks for data that has no stand-in.
 */
export async function evaluate(options: EvaluateOptions): Promise<Evaluation> {
  const directory = await mkdtemp(join(tmpdir(), 'sst-offline-'));
  try {
    const out = join(directory, 'evaluation.json');
    await run({ ...options, out, directory });
    return evaluationSchema.parse(JSON.parse(await readFile(out, 'utf8')));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function run(options: EvaluateOptions & { out: string; directory: string }): Promise<void> {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, '../child/main.ts'), JSON.stringify(options)],
    {
      cwd: options.root,
      env: { PATH, HOME, NODE_COMPILE_CACHE: join(sstPaths(options.root).work, 'compiled') },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: TIMEOUT_MS,
    },
  );
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => said.push(chunk));
  }
  const [code, signal]: unknown[] = await once(child, 'close');
  if (code === 0) return;
  const end = signal ? `It was given up after ${TIMEOUT_MS / 1000} s.\n` : '';
  throw new EvaluationError(`${end}${Buffer.concat(said).toString('utf8').trim()}`);
}
