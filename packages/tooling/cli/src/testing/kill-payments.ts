import type { LocalRun } from '@cloudnestle/dev/start';
import type { Finished } from './run-payments.ts';
import { spawnPayments } from './spawn-payments.ts';

type Intercept = NonNullable<Parameters<NonNullable<LocalRun['cloud']>['intercept']>[0]>;
/** Which AWS calls are the command's own: pollers go on receiving beside it. */
type IsOwn = (call: Parameters<Intercept>[0]) => boolean;

/** How many AWS calls `work` makes, while nobody else makes any that count. */
export async function countCalls(
  run: LocalRun,
  work: () => Promise<unknown>,
  isOwn: IsOwn = () => true,
): Promise<number> {
  let calls = 0;
  run.cloud?.intercept((call) => {
    if (isOwn(call)) calls += 1;
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
  isOwn: IsOwn = () => true,
): Promise<Finished> {
  const killer = new AbortController();
  let calls = 0;
  run.cloud?.intercept((call) => {
    if (!isOwn(call)) return undefined;
    calls += 1;
    if (calls !== nth) return undefined;
    killer.abort();
    return Math.random() < 0.5 ? { when: 'before', reset: true } : undefined;
  });
  const finished = await spawnPayments(run, args, { killed: killer.signal });
  run.cloud?.intercept(undefined);
  return finished;
}
