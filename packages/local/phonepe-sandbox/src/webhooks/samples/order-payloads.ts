import { orderPayload } from '../build-webhook.ts';
import { mandateFlow } from './mandate-flow.ts';
import { sampleOrder } from './sample-order.ts';
import type { SamplePorts } from './sample-ports.ts';
import type { SampleRequest } from './sample-request.ts';

/** An order's end, as its event's last word says. */
export function orderEventPayload(request: SampleRequest, ports: SamplePorts) {
  const { event, merchantId, variant, setsUpMandate } = request;
  const order = sampleOrder(request, ports, event.endsWith('.failed') ? 'FAILED' : 'COMPLETED');
  return {
    ...orderPayload(order, merchantId, variant),
    ...(setsUpMandate && { paymentFlow: mandateFlow('SUBSCRIPTION_CHECKOUT_SETUP', ports) }),
  };
}

/** A failed attempt: the order stays PENDING. */
export function attemptPayload(request: SampleRequest, ports: SamplePorts) {
  return orderPayload(sampleOrder(request, ports, 'retried'), request.merchantId, request.variant);
}

/** What happens to a mandate's orders: the mandate's ids are in `paymentFlow`. */
export function mandateOrderPayload(request: SampleRequest, ports: SamplePorts) {
  const { event } = request;
  const flow = event.includes('.setup.') ? 'SUBSCRIPTION_SETUP' : 'SUBSCRIPTION_REDEMPTION';
  return {
    ...orderEventPayload(request, ports),
    ...(event === 'subscription.notification.completed' && { state: 'NOTIFIED' }),
    paymentFlow: mandateFlow(flow, ports),
  };
}
