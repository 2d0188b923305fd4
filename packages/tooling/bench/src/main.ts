import { createProgress } from '@cloudnestle/dev/terminal/show-progress';
import type { BenchmarkName } from './benchmarks.ts';
import { describeMachine } from './command/describe-machine.ts';
import { formatReport, type Report } from './command/format-report.ts';
import { type Arguments, readArguments, usage } from './command/read-arguments.ts';
import { runBenchmark } from './command/run-benchmark.ts';

/**
 * `pnpm bench`: what the code costs over the bare calls it makes, measured side by side. Ends with 1 only where
 * something could not be measured: no time is a failure.
 */
const found = read();
if (found?.help) console.log(usage);
else if (found) await measureAll(found);

function read(): Arguments | undefined {
  try {
    return readArguments(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${usage}`);
    process.exitCode = 1;
    return undefined;
  }
}

async function measureAll({ only, quick, json }: Arguments): Promise<void> {
  const measuredAt = new Date().toISOString();
  const report: Report = { machine: describeMachine(), measuredAt, quick, benchmarks: [] };
  for (const name of new Set(only)) {
    const outcome = await measureOne(name, quick);
    if (outcome.kind === 'found') {
      report.benchmarks.push({ name, ...outcome.findings });
    } else {
      console.error(`${name} could not be measured: ${outcome.reason}`);
      process.exitCode = 1;
    }
  }
  console.log(json ? JSON.stringify(report, undefined, 2) : formatReport(report));
}

async function measureOne(name: BenchmarkName, quick: boolean) {
  const progress = createProgress(name);
  progress.show(0);
  const outcome = await runBenchmark(name, { quick, progress: progress.show });
  progress.clear();
  return outcome;
}
