import type { RefundItem } from '@cloudnestle/contracts/items/refund';
import { isRefundedInFull, refundedInPaisa } from '@cloudnestle/operations/attention/money-steps';
import { readHolds, requireOrder } from '@cloudnestle/operations/refunds/order-money';
import { readMap } from '@cloudnestle/operations/row';
import { planArrival } from '@cloudnestle/operations/sweep/plan-check';
import { addMs } from '@cloudnestle/payments/clock';
import { readOrder } from '@cloudnestle/payments/order';
import {
  buildPaymentRefundedEvent,
  buildRefundFailedEvent,
  buildRefundInDoubtEvent,
} from '@cloudnestle/payments/refunds/build-refund-events';
import { type DriveDependencies, type Look, lostClaim, type Step } from './dependencies.ts';

type Row = Record<string, unknown>;

const MINUTE_MS = 60_000;

/**
 * Publishes how a refund ended, and again until the order's row shows it: then nothing is left to do. What follows hangs on
 * the rows, not on this look's memory, so one that died is made up for (rule 13).
 */
export async function tellEnd(
  deps: DriveDependencies,
  refund: RefundItem,
  { claim, trigger }: Look,
): Promise<Step> {
  const { refundId, transactionId, endTold = 0 } = refund;
  const row = requireOrder(await deps.findTransaction(transactionId), transactionId);
  if (endTold > 0 && isShown(row, refund)) {
    const closed = await deps.refunds.write(claim, {
      openShard: undefined,
      nextCheckAt: undefined,
      leaseUntil: undefined,
    });
    return closed ? { kind: 'waits' } : lostClaim;
  }
  const now = deps.now();
  const answer = await deps.publish(buildEnd(deps, refund, row, trigger));
  if (answer.kind === 'failed') {
    const nextCheckAt = addMs(now, MINUTE_MS).toISOString();
    const kept = await deps.refunds.write(claim, { nextCheckAt, leaseUntil: undefined });
    return kept ? { kind: 'waits', reason: `not published: ${answer.reason}` } : lostClaim;
  }
  if (endTold === 0) {
    deps.metrics.count(refund.state === 'COMPLETED' ? 'RefundCompleted' : 'RefundFailed');
    deps.log.info('refund ended', { transactionId, refundId, outcome: refund.state });
  }
  const { nextLook } = planArrival(endTold + 1, now);
  const next = nextLook === 'nextRun' ? addMs(now, MINUTE_MS) : nextLook;
  const kept = await deps.refunds.write(claim, {
    endTold: endTold + 1,
    nextCheckAt: next.toISOString(),
    leaseUntil: undefined,
  });
  return kept ? { kind: 'waits' } : lostClaim;
}

/** The order's row has it: among its refunds, or no more among what is set aside. */
function isShown(row: Row, { refundId, state }: RefundItem): boolean {
  const isHeld = Object.hasOwn(readHolds(row), refundId);
  const isKept = Object.hasOwn(readMap(row, 'refunds') ?? {}, refundId);
  return !isHeld && (state === 'FAILED' || isKept);
}

function buildEnd(
  { catalogue }: DriveDependencies,
  refund: RefundItem,
  row: Row,
  trigger: Look['trigger'],
) {
  const { refundId, transactionId, reason, origin, amountInPaisa = 0, updatedAt } = refund;
  const about = {
    ...{ refundId, transactionId, reason, origin, amountInPaisa },
    gateway: typeof row.paymentMethod === 'string' ? row.paymentMethod : 'unknown',
    gatewayState: refund.gatewayState ?? refund.state,
    ...(refund.gatewayRefundId ? { gatewayRefundId: refund.gatewayRefundId } : {}),
  };
  if (refund.state !== 'COMPLETED') {
    const { errorCode, detailedErrorCode, failedAt = updatedAt } = refund;
    return buildRefundFailedEvent(
      {
        ...about,
        failedAt,
        ...(errorCode ? { errorCode } : {}),
        ...(detailedErrorCode ? { detailedErrorCode } : {}),
      },
      trigger,
    );
  }
  const read = readOrder(row, catalogue);
  const refundedAt = refund.completedAt ?? updatedAt;
  if (read.kind === 'unreadable') {
    const doubt = `it was paid back, and the order cannot be read: ${read.reason}`;
    return buildRefundInDoubtEvent({ refundId, transactionId, doubt, since: refundedAt }, trigger);
  }
  const { plan, row: order } = read.order;
  const kept = { ...readMap(row, 'refunds'), [refundId]: amountInPaisa };
  const next = { ...row, refunds: kept };
  return buildPaymentRefundedEvent(
    {
      ...about,
      merchantOrderId: order.merchantOrderId,
      userId: order.userId,
      userEmail: order.userEmail,
      plan,
      currency: plan.currency,
      totalRefundedInPaisa: refundedInPaisa(next),
      isFull: isRefundedInFull(next),
      refundedAt,
    },
    trigger,
  );
}
