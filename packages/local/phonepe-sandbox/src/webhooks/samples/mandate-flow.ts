import type { SamplePorts } from './sample-ports.ts';

export function mandateIds({ ids }: SamplePorts) {
  return {
    merchantSubscriptionId: `MS${ids.digits(10)}`,
    subscriptionId: `OMS${ids.digits(22)}`,
  };
}

/** `paymentFlow` of an order that belongs to a mandate. */
export function mandateFlow(
  type: 'SUBSCRIPTION_CHECKOUT_SETUP' | 'SUBSCRIPTION_SETUP' | 'SUBSCRIPTION_REDEMPTION',
  ports: SamplePorts,
) {
  return { type, ...mandateIds(ports) };
}
