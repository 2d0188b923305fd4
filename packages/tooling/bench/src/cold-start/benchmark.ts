import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bundle, bundleSource } from '@cloudnestle/bundles/bundle';
import { bundleFunctions, type FunctionBundle } from '@cloudnestle/bundles/bundle-functions';
import { buildStageFacts } from '@cloudnestle/dev/stage-facts';
import { buildFunctionEnvironment } from '@cloudnestle/topology/function-environment';
import { findFunction } from '@cloudnestle/topology/functions';
import { topology } from '@cloudnestle/topology/topology';
import type { FunctionDefinition } from '@cloudnestle/topology/types';
import type { BenchmarkOptions, Findings, Measure } from '../benchmark.ts';
import { median, spreadOfRatios, takeTurns } from '../statistics.ts';
import { READY, writeClientsProgram, writeStarter } from './programs.ts';

/** Every function's bundle, its size and its start, over a bundle that only builds the AWS clients in it. */
export async function measureColdStarts({ quick, progress }: BenchmarkOptions): Promise<Findings> {
  const directory = await mkdtemp(join(tmpdir(), 'cold-start-'));
  try {
    const bundles = await bundleFunctions(directory);
    const subjects = await Promise.all(bundles.map((each) => prepare(each, directory)));
    const rounds = quick ? 3 : 15;
    for (let round = -1; round < rounds; round += 1) {
      for (const [index, { environment, starter, clientsStarter, pairs }] of subjects.entries()) {
        const pair = await takeTurns(
          round,
          () => timeToReady(starter, environment),
          () => timeToReady(clientsStarter, environment),
        );
        // The first round only brings the files into the system's cache.
        if (round >= 0) pairs.push(pair);
        progress((round + 1 + (index + 1) / subjects.length) / (rounds + 1));
      }
    }
    return toFindings(subjects, rounds);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

interface Subject {
  name: string;
  environment: Record<string, string>;
  own: Bundle;
  starter: string;
  clients: Bundle;
  clientsStarter: string;
  pairs: [own: number, clients: number][];
}

async function prepare(own: FunctionBundle, directory: string): Promise<Subject> {
  const { name } = own;
  const source = writeClientsProgram(own.packages);
  const [clients] = await bundleSource(source, dev, join(directory, `${name}-clients.mjs`));
  if (!clients) throw new Error(`the clients of ${name} were not built`);
  return {
    name,
    environment: buildColdStartEnvironment(findFunction(name)),
    own,
    starter: await writeStart(own, join(directory, `${name}-start.mjs`)),
    clients,
    clientsStarter: await writeStart(clients, join(directory, `${name}-clients-start.mjs`)),
    pairs: [],
  };
}

/** From here the programs of AWS clients resolve what they import. */
const dev = join(import.meta.dirname, '../..');

async function writeStart({ file }: Bundle, starter: string): Promise<string> {
  await writeFile(starter, writeStarter(file));
  return starter;
}

function toFindings(subjects: readonly Subject[], rounds: number): Findings {
  return {
    measures: [...subjects.map(describeStart), ...subjects.map(describeSize)],
    notes: [
      `process start to handler loaded, Node's own start included, median of ${rounds} starts in turn; the very files that are deployed; bare: only the AWS clients that are in the function's bundle, built as it builds them.`,
    ],
  };
}

function describeStart({ name, pairs }: Subject): Measure {
  return {
    what: `cold start: ${name}`,
    unit: 'ms',
    measured: median(pairs.map(([own]) => own)),
    baseline: median(pairs.map(([, clients]) => clients)),
    ratio: spreadOfRatios(pairs),
    ...(name === 'webhook' ? { goal: { atMost: 1.25 } } : {}),
  };
}

function describeSize({ name, own, clients }: Subject): Measure {
  const ratio = own.bytes / clients.bytes;
  return {
    what: `bundle: ${name}`,
    unit: 'KB',
    measured: own.bytes / 1000,
    baseline: clients.bytes / 1000,
    ratio: { median: ratio, low: ratio, high: ratio },
  };
}

/** What a function finds in its environment on AWS. Nothing is called at a cold start, so no address needs to answer. */
export function buildColdStartEnvironment(definition: FunctionDefinition): Record<string, string> {
  const facts = buildStageFacts(topology, {
    url: 'https://marketplace.example',
    frontends: [],
    retryScale: 1,
    gatewayCallsPerSecond: 25,
  });
  const isSubscriber = topology.subscriptions.some((each) => each.subscriber === definition.name);
  const queue = {
    url: 'https://sqs.us-east-1.amazonaws.com/000000000000/queue',
    deadLetterUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/queue-dlq',
  };
  return {
    AWS_REGION: 'us-east-1',
    ...buildFunctionEnvironment(definition, facts, isSubscriber ? queue : undefined),
  };
}

/** Milliseconds from starting a process with this program to its word that everything is loaded. */
export async function timeToReady(
  file: string,
  environment: Readonly<Record<string, string>>,
): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [file], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  const readyAt = new Promise<number>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes(READY)) resolve(performance.now());
    });
    child.once('error', reject);
    // Not on exit: what it wrote may still be on its way then.
    child.once('close', (code) => reject(new Error(`the bundle ended with ${code}, never ready`)));
  });
  try {
    return (await readyAt) - startedAt;
  } finally {
    child.kill();
    // The next one starts on a quiet machine.
    await closed;
  }
}
