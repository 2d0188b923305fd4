import { randomInt } from 'node:crypto';
import { findUnmet, formatCoverage } from '../tally/create-coverage.ts';
import { readArguments, type SimulateOptions, usage } from './read-arguments.ts';
import { type RunResult, runWorkers } from './run-workers.ts';

/** With fewer payments a rare fault may find nothing. */
const ENOUGH_TO_MEET_ALL = 2_000;

const write = (line: string) => process.stdout.write(`${line}\n`);

process.exitCode = await simulate(process.argv.slice(2));

async function simulate(args: readonly string[]): Promise<number> {
  let options: SimulateOptions;
  try {
    options = readArguments(args, () => randomInt(0x7fffffff));
  } catch (error) {
    write(`${error instanceof Error ? error.message : error}\n\n${usage}`);
    return 2;
  }
  if (options.trace !== undefined) return traceFirst(options, options.trace);
  if (options.json) return runForPrograms(options);
  write(
    `seed ${options.seeds.join(' and ')}, faults ${options.faults}, ${options.workers} workers`,
  );
  const isTerminal = process.stdout.isTTY === true;
  const result = await runWorkers(options, {
    nowMs: Date.now,
    onProgress: (current) => {
      if (isTerminal) process.stdout.write(`\r${formatProgress(current)}\x1b[K`);
    },
  });
  if (isTerminal) process.stdout.write('\r\x1b[K');
  write(formatProgress(result));
  if (result.broken) {
    // The services are only loaded where they are run.
    const { tellViolation } = await import('./tell-violation.ts');
    await tellViolation(result.broken, write);
    return 1;
  }
  write('');
  for (const line of formatCoverage(result.coverage)) write(line);
  return options.faults === 'none' ? 0 : judgeCoverage(result);
}

/** One line: how much was run, and what was broken. */
async function runForPrograms(options: SimulateOptions): Promise<number> {
  const { broken, ...result } = await runWorkers(options, {
    nowMs: Date.now,
    onProgress: () => undefined,
  });
  const [violation] = broken?.violations ?? [];
  write(JSON.stringify({ ...result, broken: violation && { seed: broken?.seed, ...violation } }));
  return violation === undefined ? 0 : 1;
}

function judgeCoverage({ coverage, payments }: RunResult): number {
  const unmet = findUnmet(coverage);
  if (unmet.length === 0) return 0;
  write('');
  write(`These faults met nothing: ${unmet.join(', ')}.`);
  return payments < ENOUGH_TO_MEET_ALL ? 0 : 1;
}

/** Traces the first episode of each seed, one after the other. */
async function traceFirst(
  { seeds, faults: level, buyers, passes, desks }: SimulateOptions,
  text: string,
): Promise<number> {
  const [{ createTrace }, { runEpisode }] = await Promise.all([
    import('../trace/create-trace.ts'),
    import('../world/run-episode.ts'),
  ]);
  let broken = 0;
  for (const seed of seeds) {
    const trace = (nowMs: () => number) => createTrace({ nowMs, write, about: [text] });
    const { violations } = await runEpisode({ seed, level, buyers, passes, desks, trace });
    broken += violations.length;
    for (const { invariant, subject, what } of violations) {
      write(`${invariant}: ${subject}: ${what}`);
    }
  }
  return broken === 0 ? 0 : 1;
}

function formatProgress(result: RunResult): string {
  const { episodes, payments, paid, refunds, paidBackInPaisa, steps, seconds, memoryMb } = result;
  const rate = (count: number) => Math.round(count / Math.max(seconds, 0.001));
  return [
    `${payments} payments (${paid} paid) in ${episodes} episodes`,
    `${refunds} refunds asked for, ${paidBackInPaisa / 100} rupees of them paid back`,
    `${steps} steps`,
    `${seconds.toFixed(0)} s`,
    `${rate(payments)} payments/s`,
    `${rate(steps)} steps/s`,
    `${memoryMb.toFixed(0)} MB`,
  ].join(', ');
}
