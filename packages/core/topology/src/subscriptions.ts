import { findFunction, SUBSCRIBER_CONCURRENCY } from './functions.ts';
import { type SubscriberName, subscriberNames, subscribers } from './subscribers.ts';
import type { Subscription } from './types.ts';

/** AWS asks for at least six times the function's timeout, so that a slow batch is not delivered twice. */
export const VISIBILITY_FACTOR = 6;

/** Who listens to what, each from a queue of its own with a dead-letter queue of its own. */
export const subscriptions: readonly Subscription[] = subscriberNames.map(subscribe);

function subscribe(subscriber: SubscriberName): Subscription {
  return {
    subscriber,
    detailTypes: subscribers[subscriber].hears,
    queue: `marketplace-payments-${subscriber}`,
    deadLetterQueue: `marketplace-payments-${subscriber}-dlq`,
    batchSize: 10,
    batchWindowSeconds: 0,
    maximumConcurrency: findFunction(subscriber).reservedConcurrency ?? SUBSCRIBER_CONCURRENCY,
    visibilityTimeoutSeconds: findFunction(subscriber).timeoutSeconds * VISIBILITY_FACTOR,
  };
}
