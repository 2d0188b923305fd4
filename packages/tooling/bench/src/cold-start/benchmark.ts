import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bundle, bundleSource } from '@cloudnestle/bundles/bundle';
import { bundleFunctions, type FunctionBundle } from '@cloudnestle/bundles/bundle-functions';
import { findFunction } from '@cloudnestle/topology/functions';
import type { BenchmarkOptions, Findings, Measure } from '../benchmark.ts';
import { median, spreadOfRatios } from '../statistics.ts';
import { takeTurns } from '../turns.ts';
import { buildColdStartEnvironment } from './environment.ts';
import { writeClientsProgram, writeStarter } from './programs.ts';
import { timeToReady } from './time-to-ready.ts';

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
