import type { PaymentStatus } from '@cloudnestle/contracts/items/transaction';
import type { SummaryFields } from '@cloudnestle/contracts/log-fields';
import type { Order } from '@cloudnestle/payments/order';
import {
  type SettleDependencies,
  type Settlement,
  settleOrder,
} from '@cloudnestle/payments/settle-order';
import { countSettlement } from '@cloudnestle/runtime/count-settlement';
import type { Metrics } from '@cloudnestle/runtime/metrics';
import { GATEWAY_TIMEOUT_MS } from './deadlines.ts';
import type { ReturnedOrders } from './returned-orders.ts';

export interface AskDependencies extends SettleDependencies {
  metrics: Metrics;
  newId(): string;
  orders: ReturnedOrders;
}

/** The request that wants to know. */
export interface Origin {
  requestId: string;
  traceparent: string | undefined;
}

/** What is true of an order now, and what the summary line says of how that was found. */
export interface Finding extends Pick<SummaryFields, 'gatewayState' | 'eventId' | 'reason'> {
  status: PaymentStatus;
}

/**
 * Asks the gateway about an order and publishes what is news, unless somebody has just asked: of any number of returns
 * at once one asks, the others have the row's word. Throws where our own table fails.
 */
export async function askOnce(
  deps: AskDependencies,
  order: Order,
  { requestId, traceparent }: Origin,
): Promise<Finding> {
  const { transactionId, status } = order.row;
  if (!(await deps.orders.claimCheck(transactionId, deps.newId()))) return { status };
  const settlement = await settleOrder(
    deps,
    order,
    { producer: 'checkout', causationId: requestId, traceparent, gatewayEvent: 'browser.return' },
    { timeoutMs: GATEWAY_TIMEOUT_MS },
  );
  countSettlement(deps.metrics, settlement);
  return readSettlement(deps, order, settlement);
}

async function readSettlement(
  deps: AskDependencies,
  { row: { transactionId, status } }: Order,
  settlement: Settlement,
): Promise<Finding> {
  switch (settlement.kind) {
    case 'completed':
      return { status: 'COMPLETED', ...factsOf(settlement) };
    case 'failed':
      return { status: await failureOrMore(deps, transactionId), ...factsOf(settlement) };
    case 'pending':
      return { status, gatewayState: settlement.gatewayState };
    case 'notFound':
      return { status, gatewayState: 'NOT_FOUND' };
    case 'mismatch':
      return {
        status: 'PENDING',
        ...factsOf(settlement),
        reason: "the gateway's answer does not fit the order's row",
      };
    case 'gatewayUnavailable':
      return { status, reason: `the gateway: ${settlement.reason}` };
    case 'publishFailed':
      // The row will say it once the event stands on the bus; until then nobody may count on it.
      return { status: 'PENDING', reason: `the bus: ${settlement.reason}` };
  }
}

/** Money wins: what was paid while the gateway was being asked stays paid (design, rule 1). */
async function failureOrMore({ orders }: AskDependencies, id: string): Promise<PaymentStatus> {
  const now = await orders.find(id).catch(() => undefined);
  return now?.kind === 'order' && now.order.row.status === 'COMPLETED' ? 'COMPLETED' : 'FAILED';
}

function factsOf({ event }: Extract<Settlement, { event: unknown }>) {
  const { metadata, data } = event.detail;
  return { eventId: metadata.eventId, gatewayState: data.gatewayState };
}
