import { needsAttention } from '@cloudnestle/payments/attention/attention';
import { mayStillBePaid } from '@cloudnestle/payments/order';
import { type Settlement, settleOrder } from '@cloudnestle/payments/settle-order';
import { countSettlement } from '@cloudnestle/runtime/metrics';
import {
  type Check,
  type CheckResult,
  GATEWAY_TIMEOUT_MS,
  parkOrder,
  quiet,
  retryNextRun,
  type SweepCount,
  type SweepDependencies,
} from './dependencies.ts';
import { isUnaskedTooLong, planArrival, planLateMoney, planUndecided } from './plan-check.ts';

/**
 * An order whose row says that it is not paid: the gateway is asked, and what is new goes on the bus, where the
 * subscribers move the order on. Until they have, it comes back, ever more rarely; what never arrives needs an operator.
 */
export async function checkOutcome(deps: SweepDependencies, check: Check): Promise<CheckResult> {
  const { order, trigger } = check;
  const settlement = await settleOrder(deps, order, trigger, {
    timeoutMs: GATEWAY_TIMEOUT_MS,
    expireUnknown: true,
  });
  countSettlement(deps.metrics, settlement);
  switch (settlement.kind) {
    case 'completed':
      return awaitArrival(deps, check, 'settled');
    case 'failed': {
      if (!settlement.isPublished) return lookAgainForMoney(deps, check);
      const { reason } = settlement.event.detail.data;
      return awaitArrival(deps, check, reason === 'EXPIRED' ? 'expired' : 'failed');
    }
    case 'mismatch':
      return waitForFittingAnswer(deps, check, settlement);
    case 'pending':
      return waitForOutcome(deps, check, `the gateway says ${settlement.gatewayState}`);
    case 'notFound':
      return waitForOutcome(deps, check, 'the gateway does not know it');
    case 'gatewayUnavailable':
      return isUnaskedTooLong(order.expiresAt, deps.now())
        ? leaveToOperator(deps, check, `the gateway cannot be asked: ${settlement.reason}`)
        : retryNextRun(settlement.reason);
    case 'publishFailed':
      return retryNextRun(settlement.reason);
  }
}

/**
 * An outcome was published. The row does not have it yet; once it has, its keys are another's and this claim is over.
 * Counted as `count` the first time, and as left to an operator once it counts as lost: it is published on all the same.
 */
async function awaitArrival(
  deps: SweepDependencies,
  { claim, order: { row } }: Check,
  count: SweepCount,
): Promise<CheckResult> {
  const outcomesPublished = (row.outcomesPublished ?? 0) + 1;
  const { nextLook, isLost } = planArrival(outcomesPublished, deps.now());
  const nextCheckAt = nextLook === 'nextRun' ? claim.leaseUntil : nextLook.toISOString();
  const next = { nextCheckAt, outcomesPublished };
  if (!isLost) {
    await deps.openOrders.reschedule(claim, next);
    return outcomesPublished === 1 ? { counts: [count] } : quiet;
  }
  const detail = `published ${outcomesPublished} times, and the row still says ${row.status}`;
  const fact = { reason: 'NOT_REACHED', at: deps.now().toISOString(), detail } as const;
  const isFlagged = await deps.openOrders.flag(claim, fact, next);
  if (!isFlagged || needsAttention(row, fact.reason)) return quiet;
  const { transactionId } = claim;
  deps.log.warn('order needs attention', { transactionId, attention: fact.reason, reason: detail });
  return { counts: ['parked'], reason: detail };
}

/**
 * The gateway's final answer does not fit. A mistake of ours may be corrected, so it is asked again like an order without
 * an outcome; meanwhile the order needs an operator, by the event that was published. Left to the operator in the end. An
 * operator's word that ended it does not end the asking: the operator may have said it while correcting the mistake.
 */
async function waitForFittingAnswer(
  deps: SweepDependencies,
  check: Check,
  settlement: Extract<Settlement, { kind: 'mismatch' }>,
): Promise<CheckResult> {
  const { claim, order } = check;
  const detail = "the gateway's answer does not fit the order";
  const next = planNextQuestion(deps, check);
  if (next === 'giveUp') {
    if (!settlement.isDealtWith && !needsAttention(order.row, 'MISMATCH')) {
      return parkOrder(deps, claim, { reason: 'MISMATCH', detail });
    }
    await deps.openOrders.close(claim);
    return quiet;
  }
  if (next !== 'nextRun') {
    await deps.openOrders.reschedule(claim, { nextCheckAt: next.toISOString() });
  }
  return settlement.isPublished ? { counts: ['parked'], reason: detail } : quiet;
}

/** A recorded failure, confirmed: money may still follow an order whose time ran out. */
async function lookAgainForMoney(
  { openOrders, now }: SweepDependencies,
  { claim, order }: Check,
): Promise<CheckResult> {
  const { failureReason } = order.row;
  const mayBePaid = failureReason === undefined || mayStillBePaid(failureReason);
  const next = mayBePaid ? planLateMoney(order.expiresAt, now()) : undefined;
  if (next) await openOrders.reschedule(claim, { nextCheckAt: next.toISOString() });
  else await openOrders.close(claim);
  return quiet;
}

async function waitForOutcome(
  deps: SweepDependencies,
  check: Check,
  why: string,
): Promise<CheckResult> {
  const next = planNextQuestion(deps, check);
  if (next === 'giveUp') return leaveToOperator(deps, check, `no outcome after three days: ${why}`);
  if (next !== 'nextRun') {
    await deps.openOrders.reschedule(check.claim, { nextCheckAt: next.toISOString() });
  }
  return quiet;
}

function planNextQuestion({ now }: SweepDependencies, { order }: Check) {
  return order.row.status === 'FAILED'
    ? (planLateMoney(order.expiresAt, now()) ?? 'giveUp')
    : planUndecided(order.expiresAt, now());
}

function leaveToOperator(
  deps: SweepDependencies,
  { claim }: Check,
  detail: string,
): Promise<CheckResult> {
  return parkOrder(deps, claim, { reason: 'NO_OUTCOME', detail });
}
