import { createEventsArns, readQueueArn } from '../arns.ts';
import type { EventsDependencies } from '../dependencies.ts';
import { buildLostEvent } from '../lost-event.ts';
import type { Delivery } from './delivery.ts';
import { type DeliveryFailure, describeFailure } from './delivery-failure.ts';

/** Why a delivery ended, and after how many retries. */
export type ExhaustedFailure = DeliveryFailure & {
  readonly condition: string;
  readonly retries: number;
};

/**
 * Puts an event that could not be delivered into its target's dead-letter queue, under the
 * attributes EventBridge documents. An event that has no such queue, or that this one refuses too, is
 * named as lost.
 */
export function sendDeadLetter(
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
