import { buildByHand } from '@cloudnestle/reconciliation/by-hand/composition';
import { describeReconciled } from '@cloudnestle/reconciliation/by-hand/describe-reconciled';
import {
  type Reconciliation,
  reconcileOrder,
} from '@cloudnestle/reconciliation/by-hand/reconcile-order';
import { CliError } from '../../cli-error.ts';
import { readOrderId } from '../../read-order-id.ts';
import { isLeftToDo } from '../is-left-to-do.ts';
import { buildTrigger, type Printed, type ReconcileJob } from '../job.ts';
import { formatFacts } from './format-facts.ts';

/** Settles one order and prints what PhonePe says, what we had, what was published and what the buyer holds. */
export async function reconcileOne(job: ReconcileJob, order: string): Promise<Printed> {
  const deps = buildByHand(job.variables, job.platform);
  const transactionId = expectOrderId(order);
  const trigger = buildTrigger(job);
  const outcome = await reconcileOrder(deps, transactionId, { trigger, repair: true });
  const facts = describeReconciled(expectReconciled(outcome, transactionId, job.stage));
  const isDone = !isLeftToDo(outcome);
  const text =
    job.format === 'json'
      ? JSON.stringify(facts, undefined, 2)
      : formatFacts(facts, { format: job.format, isDone });
  return { text, isDone };
}

function expectOrderId(text: string): string {
  const read = readOrderId(text);
  if ('transactionId' in read) return read.transactionId;
  throw new CliError(`"${text}" is no order: an id ${read.problem}.`);
}

function expectReconciled(outcome: Reconciliation, transactionId: string, stage: string) {
  switch (outcome.kind) {
    case 'reconciled':
      return outcome;
    case 'unknownOrder':
      throw new CliError(`There is no order ${transactionId} on the stage ${stage}.`);
    case 'unreadableOrder':
      throw new CliError(`${transactionId} cannot be read: ${outcome.reason}.`);
    case 'unavailable':
      throw new CliError(`Nothing was changed, try again in a moment: ${outcome.reason}.`);
  }
}
