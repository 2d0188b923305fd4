import { availableParallelism } from 'node:os';
import { runWorkers } from '@cloudnestle/simulation/command/run-workers';
import type { BenchmarkOptions, Findings } from './benchmark.ts';

/** A million payments within an hour on two cores. */
const GOAL = { atLeast: 139 };

/** How many payments the simulator does in a second on each core, every effect and every rule included. */
export async function measureSimulation({ quick, progress }: BenchmarkOptions): Promise<Findings> {
  const payments = quick ? 200 : 10_000;
  const workers = availableParallelism();
  const result = await runWorkers(
    {
      ...{ seeds: [7], kept: false, faults: 'heavy', buyers: 200, trace: undefined, json: true },
      ...{ payments, minutes: Number.POSITIVE_INFINITY, workers },
    },
    { nowMs: Date.now, onProgress: (so) => progress(Math.min(1, so.payments / payments)) },
  );
  if (result.broken) throw new Error(`seed ${result.broken.seed} breaks a rule`);
  return {
    measures: [
      {
        what: 'simulated payments per second and core',
        unit: 'payments/s',
        measured: result.payments / result.seconds / workers,
        goal: GOAL,
      },
    ],
    notes: [
      `${result.payments} payments with heavy faults in ${workers} processes, their start included; ${Math.round(result.memoryMb)} MB in the largest.`,
    ],
  };
}
