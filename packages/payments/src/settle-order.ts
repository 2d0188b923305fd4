import {
  buildCompletedEvent,
  buildFailedEvent,
  buildGatewayEvent,
  type CompletedEvent,
  type FailedEvent,
  type GatewayEvent,
  type Trigger,
} from './build-events.ts';
import type { Clock } from './clock.ts';
import type { OrderStatus, PaymentGateway } from './gateway.ts';
import type { Order } from './order.ts';
import type { Publish } from './publish.ts';

/** What is true of an order now, after the gateway was asked and any outcome stands on the bus. */
export type Settlement =
  | { kind: 'completed'; event: CompletedEvent }
  | { kind: 'failed'; event: FailedEvent }
  /** The gateway has no outcome yet. */
  | { kind: 'pending'; gatewayState: string }
  | { kind: 'notFound' }
  /** The gateway's answer does not fit our row; said on the bus, nothing granted. */
  | { kind: 'mismatch'; event: GatewayEvent }
  /** The gateway gave no usable answer. */
  | { kind: 'gatewayUnavailable'; reason: string }
  /** There is an outcome, and no subscriber has it: the caller must try again. */
  | { kind: 'publishFailed'; reason: string };

export interface SettleDependencies {
  gateway: PaymentGateway;
  publish: Publish;
  now: Clock;
}

/**
 * Asks the gateway about an order and publishes the outcome: the one path by which webhook, browser return, sweep and
 * operators bring the truth in. Identity, amount and plan come from our row; outcome and time from the gateway.
 */
export async function settleOrder(
  deps: SettleDependencies,
  order: Order,
  trigger: Trigger,
  options: { timeoutMs: number },
): Promise<Settlement> {
  const answer = await deps.gateway.orderStatus(order.row.merchantOrderId, options);
  switch (answer.kind) {
    case 'notFound':
      return { kind: 'notFound' };
    case 'unreachable':
      return { kind: 'gatewayUnavailable', reason: answer.reason };
    case 'refused':
      return { kind: 'gatewayUnavailable', reason: `refused: ${answer.code}` };
    case 'found':
      return publishAnswer(deps, order, answer, trigger);
  }
}

async function publishAnswer(
  deps: SettleDependencies,
  order: Order,
  status: OrderStatus,
  trigger: Trigger,
): Promise<Settlement> {
  const conclusion = conclude(deps, order, status, trigger);
  if (conclusion.kind === 'pending') return conclusion;
  const published = await deps.publish(conclusion.event);
  return published.kind === 'failed'
    ? { kind: 'publishFailed', reason: published.reason }
    : conclusion;
}

type Conclusion = Extract<Settlement, { kind: 'completed' | 'failed' | 'mismatch' | 'pending' }>;

function conclude(
  deps: SettleDependencies,
  order: Order,
  status: OrderStatus,
  trigger: Trigger,
): Conclusion {
  const { gateway } = deps;
  if (!status.isOurs || status.amountInPaisa !== order.amountInPaisa) {
    return { kind: 'mismatch', event: buildMismatchEvent(deps, order, status, trigger) };
  }
  if (status.state === 'COMPLETED') {
    return { kind: 'completed', event: buildCompletedEvent(order, status, gateway.name, trigger) };
  }
  if (status.state === 'FAILED') {
    const reason = status.failure ?? 'DECLINED';
    return {
      kind: 'failed',
      event: buildFailedEvent(order, status, reason, gateway.name, trigger),
    };
  }
  // "EXPIRED" is not among the documented final states: it counts only once our own clock agrees.
  if (status.state === 'EXPIRED' && deps.now() > order.expiresAt) {
    return {
      kind: 'failed',
      event: buildFailedEvent(order, status, 'EXPIRED', gateway.name, trigger),
    };
  }
  return { kind: 'pending', gatewayState: status.gatewayState };
}

function buildMismatchEvent(
  deps: SettleDependencies,
  order: Order,
  status: OrderStatus,
  trigger: Trigger,
): GatewayEvent {
  const data = {
    kind: 'mismatch' as const,
    gatewayState: status.gatewayState,
    merchantOrderId: order.row.merchantOrderId,
    ...(status.gatewayOrderId ? { gatewayOrderId: status.gatewayOrderId } : {}),
    amountInPaisa: status.amountInPaisa,
  };
  return buildGatewayEvent(data, deps.now(), trigger);
}
