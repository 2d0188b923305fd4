import { createEventsArns, readQueueArn } from '../arns.ts';
import type { EventsDependencies } from '../dependencies.ts';
import type { Envelope } from '../envelope.ts';
import type { Target } from '../events-state.ts';
import { type DeliveryFailure, describeFailure } from './delivery-failure.ts';

/** One event on its way from a rule to one of its targets. */
export type Delivery = {
  readonly envelope: Envelope;
  readonly busName: string;
  readonly ruleName: string;
  readonly target: Target;
};

export type Deliver = (delivery: Delivery) => void;

/** Retries are not worth waiting for locally: 20, 40, 80, 160 and 320 ms, whatever AWS's 24 hours. */
const firstBackoffMs = 20;
const maxLocalRetryAttempts = 5;

/**
 * Delivers events to queues after PutEvents has answered, in no promised order.
 *
 * A queue that is missing or refuses is tried again as often as the target's RetryPolicy allows
 * (at most 5 times here), then the event goes to the target's dead-letter queue with the
 * attributes AWS gives it, or is dropped with a warning if there is none.
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
      if (condition) giveUp(dependencies, delivery, { ...failure, condition, retries });
      else schedule(delivery, retries + 1, receivedAtMs);
    };
    const timer =
      retries === 0
        ? setImmediate(() => attempt(false))
        : setTimeout(() => attempt(false), firstBackoffMs * 2 ** (retries - 1));
    waiting.set(delivery, { attempt, cancel: () => clear(timer) });
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

function clear(timer: NodeJS.Immediate | NodeJS.Timeout): void {
  if ('refresh' in timer) clearTimeout(timer);
  else clearImmediate(timer);
}

function findExhausted(target: Target, retries: number, ageMs: number): string | undefined {
  const { maximumRetryAttempts = maxLocalRetryAttempts, maximumEventAgeInSeconds } = target;
  if (retries >= Math.min(maximumRetryAttempts, maxLocalRetryAttempts))
    return 'MaximumRetryAttempts';
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

function giveUp(
  { send, warn, ...owner }: EventsDependencies,
  { envelope, busName, ruleName, target }: Delivery,
  failure: DeliveryFailure & { condition: string; retries: number },
): void {
  const where = `rule ${ruleName}, target ${target.id}: ${failure.code}`;
  if (target.deadLetterArn === undefined) {
    warn(`An event could not be delivered and has no dead-letter queue (${where})`);
    return;
  }
  const attributes = {
    RULE_ARN: createEventsArns(owner).rule(busName, ruleName),
    TARGET_ARN: target.arn,
    ERROR_CODE: failure.code,
    ERROR_MESSAGE: failure.message,
    EXHAUSTED_RETRY_CONDITION: failure.condition,
    RETRY_ATTEMPTS: String(failure.retries),
  };
  try {
    send(readQueueArn(target.deadLetterArn) ?? '', JSON.stringify(envelope), {
      messageAttributes: Object.fromEntries(
        Object.entries(attributes).map(([name, value]) => [
          name,
          { DataType: 'String' as const, StringValue: value },
        ]),
      ),
    });
  } catch {
    warn(`An event could not be delivered, nor put into its dead-letter queue (${where})`);
  }
}
