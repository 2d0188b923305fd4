import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import { CliError } from '../cli-error.ts';

/** The dead-letter queue of what EventBridge could not deliver to a subscriber's queue. */
export const DELIVERY = 'delivery';

/** A dead-letter queue and, for a subscriber's, the live queue that it belongs to. */
export interface DeadLetterQueue {
  /** The subscriber, or `delivery`. */
  name: string;
  deadLetterUrl: string;
  /** Never received from: that would spend delivery attempts. Undefined for `delivery`. */
  liveUrl: string | undefined;
}

/** Every dead-letter queue of a stage, `delivery` last. */
export function listDeadLetterQueues(stage: EnvironmentSecret): DeadLetterQueue[] {
  return [
    ...Object.entries(stage.queues).map(([name, { url, deadLetterUrl }]) => ({
      name,
      deadLetterUrl,
      liveUrl: url,
    })),
    { name: DELIVERY, deadLetterUrl: stage.deliveryDeadLetterUrl, liveUrl: undefined },
  ];
}

/** The dead-letter queue of that name, also as AWS knows it. Throws a `CliError` that names those there are. */
export function findDeadLetterQueue(stage: EnvironmentSecret, name: string): DeadLetterQueue {
  const queues = listDeadLetterQueues(stage);
  const found = queues.find(
    (queue) => queue.name === name || nameInUrl(queue.deadLetterUrl) === name,
  );
  if (found) return found;
  throw new CliError(
    `There is no dead-letter queue "${name}". There are: ${queues.map((queue) => queue.name).join(', ')}.`,
  );
}

/** The queue's name, which is what comes last in its url as well as in its ARN. */
export function nameInUrl(urlOrArn: string): string {
  return urlOrArn.split(/[/:]/).at(-1) ?? '';
}
