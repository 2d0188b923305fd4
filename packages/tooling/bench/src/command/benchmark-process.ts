import * as z from 'zod';
import { benchmarkNames, loadBenchmark } from '../benchmarks.ts';
import { endWithParent } from '../child-process.ts';
import type { Message } from './messages.ts';

/** The process that one benchmark runs in: `benchmark-process.ts NAME full|quick`. */
endWithParent();
const [name, size] = z
  .tuple([z.enum(benchmarkNames), z.enum(['full', 'quick'])])
  .parse(process.argv.slice(2));
tell(await measure());

async function measure(): Promise<Message> {
  try {
    const benchmark = await loadBenchmark(name);
    const findings = await benchmark({
      quick: size === 'quick',
      progress: (done) => tell({ kind: 'progress', done }),
    });
    return { kind: 'found', findings };
  } catch (error) {
    return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}

function tell(message: Message): void {
  process.send?.(message);
}
