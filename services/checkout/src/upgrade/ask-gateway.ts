import type { Order } from '@cloudnestle/payments/order';
import { settleOrder } from '@cloudnestle/payments/settle-order';
import { countSettlement } from '@cloudnestle/runtime/count-settlement';
import type { Attempt, UpgradeDependencies } from './dependencies.ts';
import type { UpgradeOutcome } from './outcome.ts';

/**
 * Before an expired or failed order is replaced, the gateway is asked about it (design, rule 3). `replaceable`: nothing
 * was paid. An outcome that is new is published on the way.
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
    case 'pending':
      return { kind: 'inProgress', currentTier, transactionId };
    case 'gatewayUnavailable':
      return { kind: 'gatewayUnavailable', reason: `${transactionId}: ${settlement.reason}` };
    case 'publishFailed':
      return { kind: 'busy', reason: `${transactionId}: ${settlement.reason}` };
    case 'mismatch':
      return {
        kind: 'busy',
        reason: `${transactionId}: the gateway's answer does not fit the order`,
      };
  }
}
