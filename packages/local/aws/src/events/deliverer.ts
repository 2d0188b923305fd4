import { buildLostEvent, type Envelope, type EventsDependencies } from './dependencies.ts';
import { createEventsArns, readQueueArn, type Target } from './events-state.ts';

/** One event on its way from a rule to one of its targets. */
export type Delivery = {
  readonly envelope: Envelope;
  readonly busName: string;
  readonly ruleName: string;
  readonly target: Target;
};

export type Deliver = (delivery: Delivery) => void;

/** Retries come after 20, 40, 80, 160 and 320 ms: AWS's 24 hours would be too long locally. */
const FIRST_BACKOFF_MS = 20;
const MAX_LOCAL_RETRY_ATTEMPTS = 5;

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
  const timer = setTimeout(run, FIRST_BACKOFF_MS * 2 ** (retries - 1));
  return () => clearTimeout(timer);
}

function findExhausted(target: Target, retries: number, ageMs: number): string | undefined {
  const { maximumRetryAttempts = MAX_LOCAL_RETRY_ATTEMPTS, maximumEventAgeInSeconds } = target;
  if (retries >= Math.min(maximumRetryAttempts, MAX_LOCAL_RETRY_ATTEMPTS)) {
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

/** Why a target did not take an event, in the words EventBridge puts on a dead letter. */
type DeliveryFailure = { readonly code: string; readonly message: string };

/** Tells a queue that is gone from one that refused the message. */
function describeFailure(error: unknown): DeliveryFailure {
  const message = error instanceof Error ? error.message : String(error);
  return { code: message.endsWith('not found') ? 'NO_RESOURCE' : 'INVALID_PARAMETER', message };
}

/** Why a delivery ended, and after how many retries. */
type ExhaustedFailure = DeliveryFailure & {
  readonly condition: string;
  readonly retries: number;
};

/**
 * Puts an event that could not be delivered into its target's dead-letter queue, under the
 * attributes EventBridge documents. An event that has no such queue, or that this one refuses too, is
 * named as lost.
 */
function sendDeadLetter(
  { send, lose, ...owner }: EventsDependencies,
  { envelope, busName, ruleName, target }: Delivery,
  failure: ExhaustedFailure,
): void {
  const undelivered = `rule ${ruleName} could not deliver it to ${target.arn} (${failure.message})`;
  if (target.deadLetterArn === undefined) {
    lose(buildLostEvent(envelope, `${undelivered}, and has no dead-letter queue`));
    return;
  }
  const messageAttributes = toMessageAttributes({
    RULE_ARN: createEventsArns(owner).rule(busName, ruleName),
    TARGET_ARN: target.arn,
    ERROR_CODE: failure.code,
    ERROR_MESSAGE: failure.message,
    EXHAUSTED_RETRY_CONDITION: failure.condition,
    RETRY_ATTEMPTS: String(failure.retries),
  });
  try {
    send(readQueueArn(target.deadLetterArn) ?? '', JSON.stringify(envelope), { messageAttributes });
  } catch (error) {
    const { message } = describeFailure(error);
    lose(buildLostEvent(envelope, `${undelivered}, nor to ${target.deadLetterArn} (${message})`));
  }
}

function toMessageAttributes(attributes: Record<string, string>) {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      { DataType: 'String' as const, StringValue: value },
    ]),
  );
}
