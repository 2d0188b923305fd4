import {
  type ReconcileOrderResponse,
  reconcileOrderResponseSchema,
} from '@cloudnestle/contracts/http/reconciliation';
import { connectOperations } from '@cloudnestle/operations/connect-operations';
import { buildTrigger, isLeftToDo } from '@cloudnestle/operations/reconcile/by-hand';
import { countPublished } from '@cloudnestle/operations/reconcile/count-published';
import { describeReconciled } from '@cloudnestle/operations/reconcile/describe-reconciled';
import {
  type Reconciliation,
  reconcileOrder,
} from '@cloudnestle/operations/reconcile/reconcile-order';
import { describeGateway, describeRecord, join } from '@cloudnestle/operations/reconcile/words';
import { maskDeep, maskText } from '@cloudnestle/operations/words/mask';
import { formatRupees } from '@cloudnestle/payments/money';
import { CliError } from '../cli-error.ts';
import { formatCsv } from '../output/format-csv.ts';
import { formatTable } from '../output/format-table.ts';
import { expectOrderId } from '../read-order-id.ts';
import { changeOrders, type Printed, type ReconcileJob } from './job.ts';

/** Settles one order and answers what PhonePe says, what we had, what was published and what the buyer holds. */
export async function reconcileOne(job: ReconcileJob, order: string): Promise<Printed> {
  const transactionId = expectOrderId(order);
  const counts = { published: 0, attentionEnded: 0 };
  const deps = countPublished(connectOperations(job.variables, job.platform), counts);
  const what = `Bring in what the gateway says of ${transactionId}.`;
  const outcome = await changeOrders(job, { what, target: { transactionId }, counts }, async () => {
    const trigger = buildTrigger(job.platform, 'cli');
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

/** One order as rows of fact and value. */
function formatFacts(
  facts: ReconcileOrderResponse,
  { format, isDone }: { format: 'table' | 'csv'; isDone: boolean },
): string {
  const rows = listFacts(facts, isDone);
  return format === 'csv'
    ? formatCsv(['fact', 'value'], [['order', facts.transactionId], ...rows])
    : formatTable(['order', facts.transactionId], rows);
}

function listFacts(facts: ReconcileOrderResponse, isDone: boolean): [string, string][] {
  const { marketplace, gateway, published, discrepancies } = facts;
  const isOver = isDone && discrepancies.length > 0;
  return [
    ['our books', join(marketplace.status, marketplace.failureReason, marketplace.completedAt)],
    ['amount', formatRupees(marketplace.amountInPaisa)],
    ['the gateway says', describeGateway(gateway)],
    ['published', published ? `${published.detailType} (${published.eventId})` : 'nothing'],
    ['the buyer holds it', describeAccess(facts)],
    ...(marketplace.accessRevokedAt
      ? [['access', `taken back ${marketplace.accessRevokedAt}`] satisfies [string, string]]
      : []),
    ['needs an operator', describeAttention(facts)],
    [
      isOver ? 'was not as it should be' : 'not as it should be',
      discrepancies.join(', ') || 'nothing',
    ],
  ];
}

function describeAccess({ access }: ReconcileOrderResponse): string {
  if (!access) return 'not paid here';
  const { user, recordByUserId, recordByEmail, agrees } = access;
  const byUserId = describeRecord(recordByUserId, agrees);
  const byEmail = describeRecord(recordByEmail, agrees);
  return `user ${user}, record by user id ${byUserId}, by email ${byEmail}`;
}

function describeAttention({ review, marketplace, discrepancies }: ReconcileOrderResponse): string {
  if (review === 'NONE') return discrepancies.includes('MISMATCH') ? 'from now on' : 'no';
  const reasons = marketplace.attention.map(({ reason, detail }) => join(reason, detail));
  return review === 'CLEARED'
    ? `not any more: ${reasons.join('; ')}`
    : `${reasons.join('; ')}: ./payments attention list says what to do`;
}
