import type { Attempt, Failure, Order } from '../orders/order.ts';
import { codesOf, orderBody } from '../orders/order-body.ts';
import type { WebhookVariant } from './webhook-options.ts';

export type WebhookEvent =
  | 'checkout.order.completed'
  | 'checkout.order.failed'
  | 'checkout.transaction.attempt.failed'
  | 'pg.refund.accepted'
  | 'pg.refund.completed'
  | 'pg.refund.failed';

export interface WebhookMessage {
  event: WebhookEvent;
  /** The merchantOrderId or merchantRefundId it is about. */
  about: string;
  body: object;
}

/** What PhonePe says about an order now; while it is PENDING, that its last attempt failed. */
export function buildOrderWebhook(
  order: Order,
  merchantId: string,
  variant: WebhookVariant,
): WebhookMessage {
  const event = eventsByState[order.state];
  const body = envelope(event, orderPayload(order, merchantId, variant), variant);
  return { event, about: order.merchantOrderId, body };
}

/** The payload of whatever event tells of an order. */
export function orderPayload(order: Order, merchantId: string, variant: WebhookVariant) {
  const last = order.attempts.at(-1);
  const codes = rootFailure(order, last, variant);
  const detail = variant === 'current' ? 'without-references' : 'with-references';
  return {
    merchantId,
    merchantOrderId: order.merchantOrderId,
    ...orderBody(order, last ? [last] : [], detail),
    ...(codes && codesOf(codes)),
  };
}

const eventsByState = {
  PENDING: 'checkout.transaction.attempt.failed',
  COMPLETED: 'checkout.order.completed',
  FAILED: 'checkout.order.failed',
} as const;

/** The documents' sample of a declined order has its codes at the attempt only; every other failure at the root. */
function rootFailure(
  order: Order,
  last: Attempt | undefined,
  variant: WebhookVariant,
): Failure | undefined {
  if (order.state === 'PENDING') return last?.failure;
  const saidByAttempt = last?.failure?.detailedErrorCode === order.failure?.detailedErrorCode;
  return variant === 'current' && saidByAttempt ? undefined : order.failure;
}

/** A webhook's body around its payload: the older variant also has the deprecated `type`. */
export function envelope(event: string, payload: object, variant: WebhookVariant): object {
  if (variant === 'current') return { event, payload };
  return { type: event.toUpperCase().replaceAll('.', '_'), event, payload };
}
