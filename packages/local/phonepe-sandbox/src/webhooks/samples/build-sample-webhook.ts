import { randomBytes as cryptoBytes } from 'node:crypto';
import { createIds, type RandomBytes } from '../../create-ids.ts';
import { envelope, orderPayload } from '../build-webhook.ts';
import { familyOf, type SampleFamily } from './sample-events.ts';
import {
  refundPayload,
  type SamplePorts,
  type SampleRequest,
  sampleOrder,
  stateOf,
} from './sample-order.ts';

/**
 * The body of a webhook as PhonePe would send it, about an order that this sandbox need not have. Nothing happens to any
 * order: it only claims.
 */
export function buildSampleWebhook(
  request: SampleRequest,
  { now, randomBytes = cryptoBytes }: { now: () => Date; randomBytes?: RandomBytes },
): object {
  const payload = payloads[familyOf(request.event)](request, {
    now,
    ids: createIds(now, randomBytes),
  });
  return envelope(request.event, payload, request.variant);
}

const payloads: Record<SampleFamily, (request: SampleRequest, ports: SamplePorts) => object> = {
  order: orderEventPayload,
  attempt: attemptPayload,
  refund: refundPayload,
  dispute: disputePayload,
  settlement: settlementPayload,
  mandateOrder: mandateOrderPayload,
  mandate: mandatePayload,
  unknown: orderEventPayload,
};

/** An order's end, as its event's last word says. */
function orderEventPayload(request: SampleRequest, ports: SamplePorts) {
  const { event, merchantId, variant, setsUpMandate } = request;
  const order = sampleOrder(request, ports, event.endsWith('.failed') ? 'FAILED' : 'COMPLETED');
  return {
    ...orderPayload(order, merchantId, variant),
    ...(setsUpMandate && { paymentFlow: mandateFlow('SUBSCRIPTION_CHECKOUT_SETUP', ports) }),
  };
}

/** A failed attempt: the order stays PENDING. */
function attemptPayload(request: SampleRequest, ports: SamplePorts) {
  return orderPayload(sampleOrder(request, ports, 'retried'), request.merchantId, request.variant);
}

/** What happens to a mandate's orders: the mandate's ids are in `paymentFlow`. */
function mandateOrderPayload(request: SampleRequest, ports: SamplePorts) {
  const { event } = request;
  const flow = event.includes('.setup.') ? 'SUBSCRIPTION_SETUP' : 'SUBSCRIPTION_REDEMPTION';
  return {
    ...orderEventPayload(request, ports),
    ...(event === 'subscription.notification.completed' && { state: 'NOTIFIED' }),
    paymentFlow: mandateFlow(flow, ports),
  };
}

/** No sample of a dispute's payload is known: the ids that PhonePe's documents name, and the state. */
function disputePayload(request: SampleRequest, { now, ids }: SamplePorts) {
  const { merchantId, merchantOrderId, orderId, amountInPaisa } = request;
  return {
    merchantId,
    disputeId: `D${ids.digits(10)}`,
    merchantOrderId,
    orderId: orderId ?? ids.order(),
    amount: amountInPaisa,
    state: stateOf(request.event),
    timestamp: now().getTime(),
  };
}

/** Money on its way to the merchant's bank: it names no order. */
function settlementPayload(request: SampleRequest, { now, ids }: SamplePorts) {
  return {
    settlementId: `S${ids.digits(12)}`,
    state:
      request.event === 'settlement.attempt.failed' ? 'ATTEMPT_FAILED' : stateOf(request.event),
    utr: `UTR${ids.digits(9)}`,
    amount: request.amountInPaisa,
    merchantId: request.merchantId,
    lastAttemptErrorCode: '',
    lastAttemptErrorDescription: '',
    lastUpdatedAt: now().getTime(),
  };
}

/** A mandate changes its state: its ids are at the payload's root. */
function mandatePayload(request: SampleRequest, ports: SamplePorts) {
  const state = request.event === 'subscription.unpaused' ? 'ACTIVE' : stateOf(request.event);
  return { merchantId: request.merchantId, ...mandateIds(ports), state };
}

function mandateIds({ ids }: SamplePorts) {
  return {
    merchantSubscriptionId: `MS${ids.digits(10)}`,
    subscriptionId: `OMS${ids.digits(22)}`,
  };
}

/** `paymentFlow` of an order that belongs to a mandate. */
function mandateFlow(
  type: 'SUBSCRIPTION_CHECKOUT_SETUP' | 'SUBSCRIPTION_SETUP' | 'SUBSCRIPTION_REDEMPTION',
  ports: SamplePorts,
) {
  return { type, ...mandateIds(ports) };
}
