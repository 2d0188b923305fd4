import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { allBreaks } from './all.ts';
import { applyBreak, type Break, copySources } from './apply-break.ts';

const root = fileURLToPath(new URL('../../../../../', import.meta.url));
const command = 'packages/tooling/simulation/src/command/main.ts';

const answerSchema = z.object({
  payments: z.number(),
  seconds: z.number(),
  broken: z
    .object({ seed: z.number(), invariant: z.string(), subject: z.string(), what: z.string() })
    .optional(),
});
type Answer = z.infer<typeof answerSchema>;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    payments: { type: 'string', default: '20000' },
    workers: { type: 'string' },
    buyers: { type: 'string' },
    desks: { type: 'string' },
  },
});

/** The signals that end this, and its status then. */
const endings = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const;
let running: ChildProcess | undefined;

process.exitCode = await runAll();

/** Simulates with each break in turn, or with those that are named, and prints who caught it. */
async function runAll(): Promise<number> {
  const wanted = allBreaks.filter(
    ({ name }) => positionals.length === 0 || positionals.includes(name),
  );
  const copy = copySources(root);
  // An interrupted run leaves neither a simulator at work nor a copy behind.
  for (const [signal, status] of endings) {
    process.once(signal, () => {
      running?.kill();
      copy.remove();
      process.exit(status);
    });
  }
  let missed = 0;
  try {
    for (const each of wanted) {
      const answer = await runOne(copy.path, each);
      if (!answer.broken) missed += 1;
      process.stdout.write(`${describe(each, answer)}\n`);
    }
  } finally {
    copy.remove();
  }
  process.stdout.write(`${wanted.length - missed} of ${wanted.length} breaks caught.\n`);
  return missed === 0 ? 0 : 1;
}

async function runOne(path: string, each: Break): Promise<Answer> {
  const mend = applyBreak(path, each);
  try {
    return await simulate(path, each);
  } finally {
    mend();
  }
}

function simulate(path: string, { passes }: Break): Promise<Answer> {
  const { seed, payments, workers, buyers, desks } = values;
  const args = [join(path, command), '--json', '--seed', seed, '--payments', payments];
  if (passes) args.push('--passes');
  if (desks !== undefined) args.push('--desks', desks);
  if (buyers !== undefined) args.push('--buyers', buyers);
  if (workers !== undefined) args.push('--workers', workers);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    running = child;
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    child.once('error', reject);
    child.once('close', () => {
      try {
        resolve(answerSchema.parse(JSON.parse(text)));
      } catch (error) {
        reject(error);
      }
    });
  });
}

function describe({ name, what }: Break, { payments, broken, seconds }: Answer): string {
  const caught = broken
    ? `${broken.invariant}, seed ${broken.seed}, after ${payments} payments: ${broken.what}`
    : `NOT CAUGHT in ${payments} payments`;
  return `${name.padEnd(26)} ${caught} (${seconds.toFixed(0)} s)\n${''.padEnd(27)}${what}`;
}
