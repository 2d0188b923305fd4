import { createEventsArns, readQueueArn } from '../arns.ts';
import type { EventsDependencies } from '../dependencies.ts';
import type { Delivery } from './delivery.ts';
import type { DeliveryFailure } from './delivery-failure.ts';

/** Why a delivery ended, and after how many retries. */
export type ExhaustedFailure = DeliveryFailure & {
  readonly condition: string;
  readonly retries: number;
};

/**
 * Puts an event that could not be delivered into its target's dead-letter queue, under the
 * attributes EventBridge documents. An event that is lost is warned about.
 */
export function sendDeadLetter(
  { send, warn, ...owner }: EventsDependencies,
  { envelope, busName, ruleName, target }: Delivery,
  failure: ExhaustedFailure,
): void {
  const where = `rule ${ruleName}, target ${target.id}: ${failure.code}`;
  if (target.deadLetterArn === undefined) {
    warn(`An event could not be delivered and has no dead-letter queue (${where})`);
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
  } catch {
    warn(`An event could not be delivered, nor put into its dead-letter queue (${where})`);
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
