import { buildGatewayEvent, type Publish, type Trigger } from '@cloudnestle/payments/build-events';
import type { Clock } from '@cloudnestle/payments/clock';
import type {
  Gateways,
  OrderName,
  PaymentGateway,
  WebhookVerdict,
} from '@cloudnestle/payments/gateway';
import type { ReadOrder } from '@cloudnestle/payments/order';
import { type Settlement, settleOrder } from '@cloudnestle/payments/settle-order';
import type { HttpRequest } from '@cloudnestle/runtime/http/handler';
import { countSettlement, type Metrics } from '@cloudnestle/runtime/metrics';
import { GATEWAY_TIMEOUT_MS } from './deadlines.ts';

export interface ReceiveDependencies {
  gateways: Gateways;
  publish: Publish;
  now: Clock;
  metrics: Metrics;
  /** The order's row, read consistently; undefined where there is none. */
  findOrder(name: OrderName): Promise<ReadOrder | undefined>;
}

/** Every way a webhook can end. */
export type WebhookOutcome =
  | { kind: 'refused'; verdict: Refusal }
  | { kind: 'ignored'; gatewayEvent: string }
  | { kind: 'recorded'; gatewayEvent: string; eventId: string }
  | { kind: 'recordFailed'; gatewayEvent: string; reason: string }
  | { kind: 'unknownOrder'; gatewayEvent: string; name: OrderName }
  | { kind: 'unreadableOrder'; name: OrderName; reason: string }
  | { kind: 'duplicate'; gatewayEvent: string; merchantOrderId: string }
  | { kind: 'asked'; gatewayEvent: string; merchantOrderId: string; settlement: Settlement };

type Refusal = Extract<
  WebhookVerdict,
  { kind: 'unconfigured' | 'unavailable' | 'unauthenticated' | 'malformed' }
>;
type OrderWebhook = Extract<WebhookVerdict, { kind: 'order' }>;
type SideWebhook = Extract<WebhookVerdict, { kind: 'refund' | 'dispute' }>;

/**
 * Verifies, publishes, answers; nothing else. The route says whose webhook it is. A body is only a reason to ask the
 * order's own gateway: outcome and time come from its order status, identity and amount from the order's row.
 */
export async function receiveWebhook(
  deps: ReceiveDependencies,
  request: HttpRequest,
): Promise<WebhookOutcome> {
  const gateway = deps.gateways.atRoute(request.route);
  if (!gateway) throw new Error(`no payment gateway sends its webhooks to ${request.route}`);
  const { headers, rawBody: body } = request;
  const verdict = await gateway.readWebhook({ headers, body });
  switch (verdict.kind) {
    case 'unauthenticated':
      deps.metrics.count('WebhookAuthenticationFailed');
      return { kind: 'refused', verdict };
    case 'unconfigured':
    case 'unavailable':
    case 'malformed':
      return { kind: 'refused', verdict };
    case 'ignored':
      deps.metrics.count('WebhookIgnored');
      return { kind: 'ignored', gatewayEvent: verdict.gatewayEvent };
    case 'refund':
    case 'dispute':
      return recordSideEvent(deps, request, { gateway, webhook: verdict });
    case 'order':
      return settleFromWebhook(deps, request, verdict);
  }
}

async function settleFromWebhook(
  deps: ReceiveDependencies,
  request: HttpRequest,
  webhook: OrderWebhook,
): Promise<WebhookOutcome> {
  const { gatewayEvent } = webhook;
  const name = nameOf(webhook);
  const found = await deps.findOrder(name);
  if (!found) {
    deps.metrics.count('WebhookUnknownOrder');
    return { kind: 'unknownOrder', gatewayEvent, name };
  }
  if (found.kind === 'unreadable') return { kind: 'unreadableOrder', name, reason: found.reason };
  const { status, merchantOrderId, completedAttempts = 1 } = found.order.row;
  const isSecondPayment = (webhook.claimedAttempts ?? 1) > completedAttempts;
  if (!isSecondPayment && (status === 'COMPLETED' || status === webhook.claimedState)) {
    return { kind: 'duplicate', gatewayEvent, merchantOrderId };
  }
  const settlement = await settleOrder(deps, found.order, toTrigger(request, gatewayEvent), {
    timeoutMs: GATEWAY_TIMEOUT_MS,
  });
  countSettlement(deps.metrics, settlement);
  return { kind: 'asked', gatewayEvent, merchantOrderId, settlement };
}

function nameOf({ merchantOrderId, gatewayOrderId }: OrderName): OrderName {
  return merchantOrderId === undefined ? { gatewayOrderId } : { merchantOrderId };
}

async function recordSideEvent(
  deps: ReceiveDependencies,
  request: HttpRequest,
  { gateway, webhook }: { gateway: PaymentGateway; webhook: SideWebhook },
): Promise<WebhookOutcome> {
  const { gatewayEvent, ...said } = webhook;
  const data = { ...said, gateway: gateway.name };
  const event = buildGatewayEvent(data, deps.now(), toTrigger(request, gatewayEvent));
  const published = await deps.publish(event);
  return published.kind === 'published'
    ? { kind: 'recorded', gatewayEvent, eventId: event.detail.metadata.eventId }
    : { kind: 'recordFailed', gatewayEvent, reason: published.reason };
}

function toTrigger(request: HttpRequest, gatewayEvent: string): Trigger {
  return {
    producer: 'webhook',
    causationId: request.requestId,
    traceparent: request.traceparent,
    gatewayEvent,
  };
}
