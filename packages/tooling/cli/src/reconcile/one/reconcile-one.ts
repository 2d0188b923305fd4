import { reconcileOrderResponseSchema } from '@cloudnestle/contracts/http/reconciliation';
import { buildByHand } from '@cloudnestle/reconciliation/operator/composition';
import { describeReconciled } from '@cloudnestle/reconciliation/operator/describe-reconciled';
import {
  type Reconciliation,
  reconcileOrder,
} from '@cloudnestle/reconciliation/operator/reconcile-order';
import { CliError } from '../../cli-error.ts';
import { maskDeep, maskText } from '../../output/mask-text.ts';
import { expectOrderId } from '../../read-order-id.ts';
import { countPublished } from '../count-published.ts';
import { isLeftToDo } from '../is-left-to-do.ts';
import { buildTrigger, changeOrders, type Printed, type ReconcileJob } from '../job.ts';
import { formatFacts } from './format-facts.ts';

/** Settles one order and answers what PhonePe says, what we had, what was published and what the buyer holds. */
export async function reconcileOne(job: ReconcileJob, order: string): Promise<Printed> {
  const transactionId = expectOrderId(order);
  const counts = { published: 0, attentionEnded: 0 };
  const deps = countPublished(buildByHand(job.variables, job.platform), counts);
  const what = `Bring in what the gateway says of ${transactionId}.`;
  const outcome = await changeOrders(job, { what, target: { transactionId }, counts }, async () => {
    const trigger = buildTrigger(job);
    const answer = await reconcileOrder(deps, transactionId, { trigger, repair: true });
    if (answer.kind === 'reconciled') counts.attentionEnded += answer.ended.length;
    return answer;
  });
  const found = describeReconciled(expectReconciled(outcome, transactionId, job.operator.stage));
  const facts = reconcileOrderResponseSchema.parse(maskDeep(found));
  const isDone = !isLeftToDo(outcome);
  const { format } = job;
  return { result: format === 'json' ? facts : formatFacts(facts, { format, isDone }), isDone };
}

function expectReconciled(outcome: Reconciliation, transactionId: string, stage: string) {
  switch (outcome.kind) {
    case 'reconciled':
      return outcome;
    case 'unknownOrder':
      throw new CliError(`There is no order ${transactionId} on the stage ${stage}.`);
    case 'unreadableOrder':
      throw new CliError(`${transactionId} cannot be read: ${maskText(outcome.reason)}.`);
    case 'unavailable':
      throw new CliError(
        `Nothing was changed, try again in a moment: ${maskText(outcome.reason)}.`,
      );
  }
}
