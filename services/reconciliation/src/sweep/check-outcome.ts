import { mayStillBePaid } from '@cloudnestle/payments/payment-state';
import { settleOrder } from '@cloudnestle/payments/settle-order';
import { countSettlement } from '@cloudnestle/runtime/count-settlement';
import { GATEWAY_TIMEOUT_MS } from './deadlines.ts';
import {
  type Check,
  type CheckResult,
  quiet,
  type SweepDependencies,
  tryAgain,
} from './dependencies.ts';
import { parkOrder } from './park-order.ts';
import { isUnaskedTooLong, planLateMoney, planUndecided } from './plan-check.ts';

/**
 * An order that is not paid as far as we know: the gateway is asked, and what is new goes on the bus, where the
 * subscribers move the order on. Until they have, the lease brings it back at the next run.
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
      return { counts: ['settled'] };
    case 'failed': {
      if (!settlement.isPublished) return lookAgainForMoney(deps, check);
      const { reason } = settlement.event.detail.data;
      return { counts: [reason === 'EXPIRED' ? 'expired' : 'failed'] };
    }
    case 'mismatch':
      return { counts: ['parked'], reason: "the gateway's answer does not fit the order" };
    case 'pending':
      return waitForOutcome(deps, check, `the gateway says ${settlement.gatewayState}`);
    case 'notFound':
      return waitForOutcome(deps, check, 'the gateway does not know it');
    case 'gatewayUnavailable':
      return isUnaskedTooLong(order.expiresAt, deps.now())
        ? parkOrder(deps, check.claim, `the gateway cannot be asked: ${settlement.reason}`)
        : tryAgain(settlement.reason);
    case 'publishFailed':
      return tryAgain(settlement.reason);
  }
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
  { claim, order }: Check,
  reason: string,
): Promise<CheckResult> {
  const { openOrders, now } = deps;
  const next =
    order.row.status === 'FAILED'
      ? (planLateMoney(order.expiresAt, now()) ?? 'giveUp')
      : planUndecided(order.expiresAt, now());
  if (next === 'giveUp') return parkOrder(deps, claim, `no outcome after three days: ${reason}`);
  if (next !== 'nextRun') await openOrders.reschedule(claim, { nextCheckAt: next.toISOString() });
  return quiet;
}
