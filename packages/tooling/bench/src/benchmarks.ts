import type { Benchmark } from './benchmark.ts';

export const benchmarkNames = [
  'webhook',
  'cold-start',
  'effects',
  'throughput',
  'monolith',
  'sweep-index',
  'sweep',
  'validation',
  'replay',
  'simulation',
  'invoices',
  'pages',
] as const;
export type BenchmarkName = (typeof benchmarkNames)[number];

/** Loads one benchmark and nothing of the others. */
export async function loadBenchmark(name: BenchmarkName): Promise<Benchmark> {
  switch (name) {
    case 'webhook':
      return (await import('./webhook/benchmark.ts')).measureWebhook;
    case 'cold-start':
      return (await import('./cold-start/benchmark.ts')).measureColdStarts;
    case 'effects':
      return (await import('./effects.ts')).measureEffects;
    case 'throughput':
      return (await import('./throughput/benchmark.ts')).measureThroughput;
    case 'monolith':
      return (await import('./monolith/benchmark.ts')).measureMonolith;
    case 'sweep-index':
      return (await import('./sweep-index.ts')).measureSweepIndex;
    case 'sweep':
      return (await import('./sweep/benchmark.ts')).measureSweep;
    case 'validation':
      return (await import('./validation/benchmark.ts')).measureValidation;
    case 'replay':
      return (await import('./replay/benchmark.ts')).measureReplay;
    case 'simulation':
      return (await import('./simulation.ts')).measureSimulation;
    case 'invoices':
      return (await import('./invoices.ts')).measureInvoices;
    case 'pages':
      return (await import('./pages/benchmark.ts')).measurePages;
  }
}
