import { CliError } from '../cli-error.ts';
import { createCommandPlatform } from '../environment/create-platform.ts';
import { readEnvironment } from '../environment/read-environment.ts';
import { toVariables } from '../environment/to-variables.ts';
import { shell } from '../shell.ts';
import { reconcileDays } from './days/reconcile-days.ts';
import { reconcileOne } from './one/reconcile-one.ts';
import type { ReconcileOptions } from './options.ts';
import { sweepNow } from './sweep/sweep-now.ts';

/** Does what was asked for, prints it, and sets the exit status: 1 where somebody still has to do something. */
export async function runReconcile(
  order: string | undefined,
  options: ReconcileOptions,
): Promise<void> {
  const isRange = options.from !== undefined || options.to !== undefined;
  if (order !== undefined && isRange) throw new CliError('Either one order or a range of days.');
  if (options.to !== undefined && options.from === undefined) {
    throw new CliError('A range begins with --from.');
  }
  if (options.repair && !isRange) {
    throw new CliError('--repair goes with --from: one order, and a sweep, always repair.');
  }
  const stage = await readEnvironment();
  const job = {
    stage: stage.stage,
    variables: toVariables(stage, { callsPerSecond: options.rate }),
    platform: createCommandPlatform(),
    format: options.json ? ('json' as const) : options.report,
  };
  const { text, isDone } = await work();
  shell().output.write(`${text.trimEnd()}\n`);
  if (!isDone) shell().status = 1;

  function work() {
    if (order !== undefined) return reconcileOne(job, order);
    const { from, to, repair = false } = options;
    return from === undefined ? sweepNow(job) : reconcileDays(job, { from, to, repair });
  }
}
