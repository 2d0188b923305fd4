import {
  deadLetterRetentionDays,
  maxReceiveCount,
  queueRetentionDays,
} from '@cloudnestle/topology/bus';
import type { Subscription } from '@cloudnestle/topology/types';

const DAY_SECONDS = 86_400;
const bindingVersion = '0.2.0';

/** What SQS does with a subscriber's messages. Times are seconds. */
export function queueBinding(subscription: Subscription) {
  const { queue, deadLetterQueue, visibilityTimeoutSeconds } = subscription;
  return {
    queue: {
      name: queue,
      fifoQueue: false,
      visibilityTimeout: visibilityTimeoutSeconds,
      messageRetentionPeriod: queueRetentionDays * DAY_SECONDS,
      redrivePolicy: { deadLetterQueue: { name: deadLetterQueue }, maxReceiveCount },
    },
    deadLetterQueue: describeDeadLetters(deadLetterQueue),
    bindingVersion,
  };
}

/** The same of a dead-letter queue. */
export function deadLetterBinding(name: string) {
  return { queue: describeDeadLetters(name), bindingVersion };
}

function describeDeadLetters(name: string) {
  return {
    name,
    fifoQueue: false,
    messageRetentionPeriod: deadLetterRetentionDays * DAY_SECONDS,
  };
}
