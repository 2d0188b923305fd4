import { readQueueArn } from '../arns.ts';
import type { EventsDependencies } from '../dependencies.ts';
import type { Target } from '../events-state.ts';
import { sendDeadLetter } from './dead-letter.ts';
import type { Delivery } from './delivery.ts';
import { type DeliveryFailure, describeFailure } from './delivery-failure.ts';

export type Deliver = (delivery: Delivery) => void;

/** Retries come after 20, 40, 80, 160 and 320 ms: nobody waits for AWS's 24 hours locally. */
const firstBackoffMs = 20;
const maxLocalRetryAttempts = 5;

/**
 * Delivers events to queues after PutEvents has answered, in no promised order.
 *
 * A queue that is missing or refuses is tried again as often as the target's RetryPolicy allows
 * (at most 5 times here), then the event goes to the target's dead-letter queue with the
 * attributes AWS gives it, or is lost if there is none.
 */
export function createDeliverer(dependencies: EventsDependencies): {
  deliver: Deliver;
  /** Delivers what is still waiting at once, without further retries. */
  drain(): void;
} {
  const waiting = new Map<Delivery, { cancel: () => void; attempt: (isLast: boolean) => void }>();
  const schedule = (delivery: Delivery, retries: number, receivedAtMs: number) => {
    const attempt = (isLast: boolean) => {
      waiting.delete(delivery);
      const failure = send(dependencies, delivery);
      if (!failure) return;
      const condition = isLast
        ? 'MaximumRetryAttempts'
        : findExhausted(delivery.target, retries, dependencies.nowMs() - receivedAtMs);
      if (condition) sendDeadLetter(dependencies, delivery, { ...failure, condition, retries });
      else schedule(delivery, retries + 1, receivedAtMs);
    };
    waiting.set(delivery, { attempt, cancel: runLater(retries, () => attempt(false)) });
  };
  return {
    deliver: (delivery) => schedule(delivery, 0, dependencies.nowMs()),
    drain: () => {
      for (const { cancel, attempt } of [...waiting.values()]) {
        cancel();
        attempt(true);
      }
    },
  };
}

/** Runs a first attempt as soon as the answer is out, a retry after its backoff. */
function runLater(retries: number, run: () => void): () => void {
  if (retries === 0) {
    const immediate = setImmediate(run);
    return () => clearImmediate(immediate);
  }
  const timer = setTimeout(run, firstBackoffMs * 2 ** (retries - 1));
  return () => clearTimeout(timer);
}

function findExhausted(target: Target, retries: number, ageMs: number): string | undefined {
  const { maximumRetryAttempts = maxLocalRetryAttempts, maximumEventAgeInSeconds } = target;
  if (retries >= Math.min(maximumRetryAttempts, maxLocalRetryAttempts)) {
    return 'MaximumRetryAttempts';
  }
  if (maximumEventAgeInSeconds !== undefined && ageMs > maximumEventAgeInSeconds * 1000) {
    return 'MaximumEventAgeInSeconds';
  }
  return undefined;
}

function send({ send }: EventsDependencies, delivery: Delivery): DeliveryFailure | undefined {
  try {
    send(readQueueArn(delivery.target.arn) ?? '', JSON.stringify(delivery.envelope));
    return undefined;
  } catch (error) {
    return describeFailure(error);
  }
}
