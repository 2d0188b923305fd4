import { deliveryDeadLetterQueue } from '../bus.ts';
import type { Metric } from '../metrics.ts';
import { subscriptions } from '../subscriptions.ts';
import type { SubscriberName } from '../types.ts';
import { type Alarm, atAll, sparse } from './alarm.ts';
import { standingAlarms } from './standing.ts';

/**
 * How old a message may become that its subscriber is not done with.
 *
 * `tiers` and `entitlements`: whoever waits has paid. Five tries lie within 8 minutes, so a short disturbance of AWS stays
 * below. The others may wait in peace: a refund that the gateway has not decided and a mail that SES throttles are tried for
 * up to 52 minutes before they become dead letters.
 *
 * SQS's metric leaves out what was received more than three times: long waits are those of messages that nobody takes.
 */
const oldestMessageSeconds: Readonly<Record<SubscriberName, number>> = {
  tiers: 15 * 60,
  entitlements: 15 * 60,
  notifications: 60 * 60,
  reconciliation: 60 * 60,
};

/** What waits too long, and what nobody works on any more. */
export const queueAlarms: readonly Alarm[] = [
  ...subscriptions.map(({ subscriber, queue }): Alarm => {
    const seconds = oldestMessageSeconds[subscriber];
    return {
      ...sparse,
      name: `queue-too-old-${subscriber}`,
      meaning: `Events for ${subscriber} wait for more than ${seconds / 60} minutes.`,
      runbook: 'queue-too-old',
      measure: {
        of: 'queue',
        queue,
        name: 'ApproximateAgeOfOldestMessage',
        statistic: 'Maximum',
      },
      raised: { above: seconds },
    };
  }),
  ...subscriptions.flatMap(({ subscriber, deadLetterQueue }) =>
    deadLetters(subscriber, deadLetterQueue, {
      some: `${subscriber} gave up on an event.`,
      more: `${subscriber} gave up on another event.`,
    }),
  ),
  {
    ...atAll,
    name: 'events-lost',
    meaning: 'EventBridge could deliver an event neither to its queue nor to the delivery queue.',
    runbook: 'dead-letters',
    measure: {
      formula: subscriptions.map(({ subscriber }) => `FILL(${subscriber}, 0)`).join(' + '),
      from: Object.fromEntries(
        subscriptions.map(({ subscriber, queue }) => [subscriber, lostBy(queue)]),
      ),
    },
  },
  ...deadLetters('delivery', deliveryDeadLetterQueue, {
    some: 'EventBridge could not deliver an event to a queue.',
    more: 'EventBridge could not deliver another event to a queue.',
  }),
];

function lostBy(rule: string): Metric {
  return { of: 'rule', rule, name: 'InvocationsFailedToBeSentToDlq', statistic: 'Sum' };
}

/** The most within five minutes: whoever looks at letters hides them for half a minute. */
function deadLetters(
  whose: string,
  queue: string,
  meanings: { some: string; more: string },
): Alarm[] {
  return standingAlarms({
    name: `dead-letters-${whose}`,
    meaning: meanings.some,
    growth: meanings.more,
    runbook: 'dead-letters',
    measure: {
      of: 'queue',
      queue,
      name: 'ApproximateNumberOfMessagesVisible',
      statistic: 'Maximum',
    },
  });
}
