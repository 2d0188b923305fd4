import { toVariables } from '@cloudnestle/operations/stage-variables';
import { CliError } from '../cli-error.ts';
import { createCommandPlatform } from '../environment/function-parts.ts';
import { readEnvironment } from '../environment/read-environment.ts';
import { checkStage } from '../operator/confirm-change.ts';
import { openOperator } from '../operator/operator.ts';
import { untilInterrupted } from '../operator/until-interrupted.ts';
import { print } from '../output/print.ts';
import { shell } from '../shell.ts';
import type { Printed, ReconcileJob } from './job.ts';
import type { ReconcileOptions } from './options.ts';
import { reconcileDays } from './reconcile-days.ts';
import { reconcileOne } from './reconcile-one.ts';
import { sweepNow } from './sweep-now.ts';

/** Does what was asked for, prints it, and sets the exit status: 1 where an operator still has to do something. */
export async function runReconcile(
  order: string | undefined,
  options: ReconcileOptions,
): Promise<void> {
  checkOptions(order, options);
  const stage = await readEnvironment();
  checkStage(options.stage, stage.stage);
  const job: ReconcileJob = {
    operator: await openOperator(stage),
    consent: options,
    variables: toVariables(stage, { callsPerSecond: options.rate }),
    platform: createCommandPlatform(),
    format: options.json ? 'json' : options.report,
    reveal: options.reveal === true,
    signal: untilInterrupted(),
  };
  const { result, isDone } = await work(job);
  print(result);
  if (!isDone) shell().status ??= 1;

  function work(given: ReconcileJob): Promise<Printed> {
    if (order !== undefined) return reconcileOne(given, order);
    const { from, to, repair = false } = options;
    return from === undefined ? sweepNow(given) : reconcileDays(given, { from, to, repair });
  }
}

function checkOptions(order: string | undefined, { from, to, repair }: ReconcileOptions): void {
  const isRange = from !== undefined || to !== undefined;
  if (order !== undefined && isRange) throw new CliError('Either one order or a range of days.');
  if (to !== undefined && from === undefined) throw new CliError('A range begins with --from.');
  if (repair && !isRange) {
    throw new CliError('--repair goes with --from: one order, and a sweep, always repair.');
  }
}
