import type { LocalRun } from '@cloudnestle/dev/start';
import type { Finished } from './run-payments.ts';
import { spawnPayments } from './spawn-payments.ts';

/** How many AWS calls `work` makes, while nobody else makes any. */
export async function countCalls(run: LocalRun, work: () => Promise<unknown>): Promise<number> {
  let calls = 0;
  run.cloud?.intercept(() => {
    calls += 1;
    return undefined;
  });
  await work();
  run.cloud?.intercept(undefined);
  return calls;
}

/** Runs the command until it makes its nth AWS call, and kills it there: before the call is done, or right after. */
export async function killAtCall(
  run: LocalRun,
  nth: number,
  args: readonly string[],
): Promise<Finished> {
  const killer = new AbortController();
  let calls = 0;
  run.cloud?.intercept(() => {
    calls += 1;
    if (calls !== nth) return undefined;
    killer.abort();
    return Math.random() < 0.5 ? { when: 'before', reset: true } : undefined;
  });
  const finished = await spawnPayments(run, args, { killed: killer.signal });
  run.cloud?.intercept(undefined);
  return finished;
}
