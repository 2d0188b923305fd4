import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { addCounts, type CoverageCounts, emptyCounts } from '../tally/create-coverage.ts';
import type { EpisodeResult } from '../world/run-episode.ts';
import type { SimulateOptions } from './read-arguments.ts';
import { type Job, planJobs } from './seeds.ts';

/** What a whole run was. */
export interface RunResult {
  episodes: number;
  payments: number;
  paid: number;
  /** What functions asked the gateway to pay back, and how much of it went back. */
  refunds: number;
  paidBackInPaisa: number;
  steps: number;
  /** Real time. */
  seconds: number;
  /** The largest worker. */
  memoryMb: number;
  coverage: CoverageCounts;
  /** The first episode that broke a rule. */
  broken: EpisodeResult | undefined;
}

const messageSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('done'),
    result: z.custom<EpisodeResult>((value) => typeof value === 'object' && value !== null),
    memoryMb: z.number(),
  }),
  z.object({ kind: z.literal('broke'), seed: z.number(), error: z.string() }),
]);

/** Runs episodes in processes of their own until enough was paid, time is over, or a rule is broken. */
export async function runWorkers(
  options: SimulateOptions,
  deps: { nowMs(): number; onProgress(result: RunResult): void },
): Promise<RunResult> {
  const startedAtMs = deps.nowMs();
  const result: RunResult = {
    episodes: 0,
    payments: 0,
    paid: 0,
    refunds: 0,
    paidBackInPaisa: 0,
    steps: 0,
    seconds: 0,
    memoryMb: 0,
    coverage: emptyCounts(),
    broken: undefined,
  };
  const jobs = planJobs(options);
  const isOver = () =>
    result.broken !== undefined ||
    result.payments >= options.payments ||
    result.seconds >= options.minutes * 60;
  const note = (episode: EpisodeResult, memoryMb: number) => {
    result.episodes += 1;
    result.payments += episode.orders;
    result.paid += episode.paid;
    result.refunds += episode.refunds;
    result.paidBackInPaisa += episode.paidBackInPaisa;
    result.steps += episode.steps;
    result.seconds = (deps.nowMs() - startedAtMs) / 1000;
    result.memoryMb = Math.max(result.memoryMb, memoryMb);
    addCounts(result.coverage, episode.coverage);
    if (episode.violations.length > 0) result.broken ??= episode;
    deps.onProgress(result);
  };
  const workers = new Set<ChildProcess>();
  const work = async (): Promise<void> => {
    const worker = startWorker();
    workers.add(worker);
    while (!isOver()) {
      const message = await ask(worker, jobs.next().value);
      // Workers keep no stacks; the command's own process does.
      if (message.kind === 'broke') {
        const again = `npm run simulate -- --seed ${message.seed} --trace ${message.seed}`;
        throw new Error(`${message.error}\n${again} shows where`);
      }
      note(message.result, message.memoryMb);
    }
  };
  try {
    await Promise.all(Array.from({ length: options.workers }, work));
  } finally {
    for (const worker of workers) worker.kill();
  }
  return result;
}

function startWorker(): ChildProcess {
  return fork(fileURLToPath(new URL('./worker.ts', import.meta.url)), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // Most of what a step makes is gone with the next one. Faults are errors by the thousand, whose stacks are never read.
    execArgv: ['--max-semi-space-size=32', '--stack-trace-limit=0'],
  });
}

function ask(worker: ChildProcess, job: Job): Promise<z.infer<typeof messageSchema>> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) =>
      reject(new Error(`the worker of seed ${job.seed} ended with ${code}`));
    worker.once('exit', onExit);
    worker.once('message', (message) => {
      worker.off('exit', onExit);
      resolve(messageSchema.parse(message));
    });
    worker.send(job);
  });
}
