import { readResolution } from '@cloudnestle/payments/attention/attention';
import type { Order } from '@cloudnestle/payments/order';
import { settleOrder } from '@cloudnestle/payments/settle-order';
import { countSettlement } from '@cloudnestle/runtime/count-settlement';
import type { Attempt, UpgradeDependencies } from './dependencies.ts';
import type { UpgradeOutcome } from './outcome.ts';

/**
 * Before an expired, failed or doubtful order is replaced, the gateway is asked about it (rule 3). `replaceable`: nothing
 * was paid, or an operator has dealt with what was. An outcome that is new is published on the way.
 */
export async function askGateway(
  deps: UpgradeDependencies,
  { context, currentTier }: Attempt,
  order: Order,
): Promise<UpgradeOutcome | { kind: 'replaceable' }> {
  const { requestId, traceparent, budget } = context;
  const settlement = await settleOrder(
    deps,
    order,
    { producer: 'checkout', causationId: requestId, traceparent, gatewayEvent: 'checkout' },
    { timeoutMs: budget.askMs() },
  );
  countSettlement(deps.metrics, settlement);
  const { transactionId } = order.row;
  switch (settlement.kind) {
    case 'failed':
    case 'notFound':
      return { kind: 'replaceable' };
    case 'completed':
      return { kind: 'alreadyPaid', currentTier, transactionId };
    case 'pending': {
      // An operator has found out that it will never be paid, and its page has run out.
      const isGivenUp = readResolution(order.row, 'NO_OUTCOME') && order.expiresAt <= deps.now();
      return isGivenUp
        ? { kind: 'replaceable' }
        : { kind: 'inProgress', currentTier, transactionId };
    }
    case 'gatewayUnavailable':
      return { kind: 'gatewayUnavailable', reason: `${transactionId}: ${settlement.reason}` };
    case 'publishFailed':
      return { kind: 'busy', reason: `${transactionId}: ${settlement.reason}` };
    case 'mismatch':
      // Something may have been paid: a person must look before anything else is sold, and then says so.
      return settlement.isDealtWith
        ? { kind: 'replaceable' }
        : { kind: 'inProgress', currentTier, transactionId };
  }
}
