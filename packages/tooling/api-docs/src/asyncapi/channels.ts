import {
  deadLetterRetentionDays,
  maxReceiveCount,
  queueRetentionDays,
} from '@cloudnestle/topology/bus';
import { subscribers } from '@cloudnestle/topology/subscribers';
import { topology } from '@cloudnestle/topology/topology';
import type { SubscriberName, Subscription } from '@cloudnestle/topology/types';
import type { Ref } from '../to-json-schemas.ts';
import { detailTypes } from './messages.ts';

export const BUS = 'bus';
const DELIVERY_DEAD_LETTERS = 'deliveryDeadLetters';
export const queueChannel = (subscriber: SubscriberName) => `${subscriber}Queue`;
export const deadLetterChannel = (subscriber: SubscriberName) => `${subscriber}DeadLetters`;

const onBus = [{ $ref: '#/servers/eventBridge' }];
const onSqs = [{ $ref: '#/servers/sqs' }];

interface Channel {
  /** The name on AWS, of a bus or a queue. */
  address: string;
  title: string;
  description: string;
  servers: readonly Ref[];
  messages: Record<string, Ref>;
  bindings?: { sqs: object };
}

/** The bus, every subscriber's two queues, and the queue of what could not be delivered. */
export function buildChannels(): Record<string, Channel> {
  const { bus, subscriptions, archiveRetentionDays, deliveryDeadLetterQueue } = topology;
  return {
    [BUS]: {
      address: bus.name,
      title: 'The bus',
      description: `Every event has the source \`${bus.source}\`. The archive keeps it for ${archiveRetentionDays} days.`,
      servers: onBus,
      messages: refsTo(detailTypes),
    },
    ...Object.fromEntries(subscriptions.flatMap(buildQueues)),
    [DELIVERY_DEAD_LETTERS]: {
      address: deliveryDeadLetterQueue,
      title: 'What could not be delivered',
      description:
        'Dead-letter queue of every rule: events that EventBridge could not put into a queue.',
      servers: onSqs,
      messages: refsTo(['UndeliveredEvent']),
      bindings: { sqs: deadLetterBinding(deliveryDeadLetterQueue) },
    },
  };
}

function buildQueues(subscription: Subscription): [string, Channel][] {
  const { subscriber, detailTypes: heard, queue, deadLetterQueue } = subscription;
  return [
    [
      queueChannel(subscriber),
      {
        address: queue,
        title: subscriber,
        description: `${subscribers[subscriber].duty} A rule brings it ${heard.map((each) => `\`${each}\``).join(', ')}.`,
        servers: onSqs,
        messages: refsTo(heard),
        bindings: { sqs: queueBinding(subscription) },
      },
    ],
    [
      deadLetterChannel(subscriber),
      {
        address: deadLetterQueue,
        title: `Dead letters of ${subscriber}`,
        description:
          'What the subscriber gave up on, and, without attributes, what SQS itself moved after crashes and timeouts. ' +
          '`./payments dlq` shows and replays it.',
        servers: onSqs,
        messages: refsTo(['DeadLetter']),
        bindings: { sqs: deadLetterBinding(deadLetterQueue) },
      },
    ],
  ];
}

function refsTo(messages: readonly string[]): Record<string, Ref> {
  return Object.fromEntries(
    messages.map((name) => [name, { $ref: `#/components/messages/${name}` }]),
  );
}

const DAY_SECONDS = 86_400;
const bindingVersion = '0.2.0';

/** What SQS does with a subscriber's messages. Times are seconds. */
function queueBinding(subscription: Subscription) {
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
function deadLetterBinding(name: string) {
  return { queue: describeDeadLetters(name), bindingVersion };
}

function describeDeadLetters(name: string) {
  return {
    name,
    fifoQueue: false,
    messageRetentionPeriod: deadLetterRetentionDays * DAY_SECONDS,
  };
}
