import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { functions } from '@cloudnestle/topology/functions';
import type { FunctionDefinition } from '@cloudnestle/topology/types';
import type { BenchmarkOptions, Findings, Measure } from '../benchmark.ts';
import { median, spreadOfRatios } from '../statistics.ts';
import { takeTurns } from '../turns.ts';
import { type Bundle, bundle } from './bundle.ts';
import { buildColdStartEnvironment } from './environment.ts';
import { writeClientsProgram, writeFunctionProgram } from './programs.ts';
import { timeToReady } from './time-to-ready.ts';

/** Every function's bundle, its size and its start, over a bundle that only builds the AWS clients in it. */
export async function measureColdStarts({ quick, progress }: BenchmarkOptions): Promise<Findings> {
  const directory = await mkdtemp(join(tmpdir(), 'cold-start-'));
  try {
    const subjects = await Promise.all(functions.map((each) => prepare(each, directory)));
    const rounds = quick ? 3 : 15;
    for (let round = -1; round < rounds; round += 1) {
      for (const [index, { environment, own, clients, pairs }] of subjects.entries()) {
        const pair = await takeTurns(
          round,
          () => timeToReady(own.file, environment),
          () => timeToReady(clients.file, environment),
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
  clients: Bundle;
  pairs: [own: number, clients: number][];
}

async function prepare(definition: FunctionDefinition, directory: string): Promise<Subject> {
  const { name, handler } = definition;
  const own = await bundle(writeFunctionProgram(handler), join(directory, `${name}.mjs`));
  return {
    name,
    environment: buildColdStartEnvironment(definition),
    own,
    clients: await bundle(
      writeClientsProgram(own.packages),
      join(directory, `${name}-clients.mjs`),
    ),
    pairs: [],
  };
}

function toFindings(subjects: readonly Subject[], rounds: number): Findings {
  return {
    measures: [...subjects.map(describeStart), ...subjects.map(describeSize)],
    notes: [
      `process start to handler loaded, Node's own start included, median of ${rounds} starts in turn; bundled by esbuild (ESM, minified); bare: only the AWS clients that are in the function's bundle, built as it builds them.`,
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
