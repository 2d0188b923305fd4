import { findFunction, SUBSCRIBER_CONCURRENCY } from './functions.ts';
import type { SubscriberName, Subscription } from './types.ts';

/** AWS asks for at least six times the function's timeout, so that a slow batch is not delivered twice. */
const VISIBILITY_FACTOR = 6;

/** Who listens to what, each from a queue of its own with a dead-letter queue of its own. */
export const subscriptions: readonly Subscription[] = [
  subscribe('tiers', ['PaymentCompleted']),
  subscribe('entitlements', ['PaymentCompleted']),
  subscribe('notifications', ['PaymentInitiated', 'PaymentCompleted', 'PaymentFailed']),
  subscribe('reconciliation', ['PaymentCompleted', 'PaymentFailed', 'GatewayEventReceived']),
];

function subscribe(
  subscriber: SubscriberName,
  detailTypes: Subscription['detailTypes'],
): Subscription {
  return {
    subscriber,
    detailTypes,
    queue: `marketplace-payments-${subscriber}`,
    deadLetterQueue: `marketplace-payments-${subscriber}-dlq`,
    batchSize: 10,
    batchWindowSeconds: 0,
    maximumConcurrency: SUBSCRIBER_CONCURRENCY,
    visibilityTimeoutSeconds: findFunction(subscriber).timeoutSeconds * VISIBILITY_FACTOR,
  };
}
