import type { Findings } from '../benchmark.ts';
import type { BenchmarkName } from '../benchmarks.ts';
import { forkScript, messagesOf } from '../child-process.ts';
import { messageSchema } from './messages.ts';

/** What became of one benchmark. */
export type Outcome =
  | { kind: 'found'; name: BenchmarkName; findings: Findings }
  | { kind: 'failed'; name: BenchmarkName; reason: string };

/** Runs one benchmark in a fresh process, so that none is measured in what another left behind. */
export async function runBenchmark(
  name: BenchmarkName,
  options: { quick: boolean; progress(done: number): void },
): Promise<Outcome> {
  const script = new URL('benchmark-process.ts', import.meta.url);
  const child = forkScript(script, [name, options.quick ? 'quick' : 'full']);
  try {
    for await (const sent of messagesOf(child)) {
      const message = messageSchema.parse(sent);
      if (message.kind === 'progress') options.progress(message.done);
      else return { ...message, name };
    }
    throw new Error('unreachable: the messages end with an error');
  } catch (error) {
    return { kind: 'failed', name, reason: error instanceof Error ? error.message : String(error) };
  } finally {
    child.kill();
  }
}
