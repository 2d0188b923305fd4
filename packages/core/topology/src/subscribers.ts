import type { DetailType } from '@cloudnestle/contracts/events/all';

/**
 * Who hears what: the one place that names the subscribers. Queues, rules, functions, retries on the dashboard, the deployment and
 * the local run follow from it.
 */
export const subscribers = {
  tiers: ['PaymentCompleted', 'AccessEnded'],
  entitlements: ['PaymentCompleted', 'AccessEnded'],
  notifications: [
    'PaymentInitiated',
    'PaymentCompleted',
    'PaymentFailed',
    'AccessEnded',
    'AccessEnding',
  ],
  reconciliation: ['PaymentCompleted', 'PaymentFailed', 'GatewayEventReceived', 'AccessEnded'],
} as const satisfies Readonly<Record<string, readonly DetailType[]>>;

export type SubscriberName = keyof typeof subscribers;

export const subscriberNames: readonly SubscriberName[] = Object.keys(subscribers).filter(isName);

/** One thing for each subscriber. */
export function forEachSubscriber<T>(make: (name: SubscriberName) => T): Record<SubscriberName, T> {
  const made: Partial<Record<SubscriberName, T>> = {};
  for (const name of subscriberNames) made[name] = make(name);
  if (!isWhole(made)) throw new Error('a subscriber got nothing');
  return made;
}

function isName(name: string): name is SubscriberName {
  return Object.hasOwn(subscribers, name);
}

function isWhole<T>(made: Partial<Record<SubscriberName, T>>): made is Record<SubscriberName, T> {
  return subscriberNames.every((name) => Object.hasOwn(made, name));
}
