import { topology } from '@cloudnestle/topology/topology';
import type { SubscriberName, Subscription } from '@cloudnestle/topology/types';
import { logicalName, type Stage } from './config/read-stage.ts';

const DAY_SECONDS = 86_400;

/** A subscriber's queue and the dead-letter queue that belongs to it alone. */
export interface SubscriberQueues {
  subscription: Subscription;
  queue: sst.aws.Queue;
  deadLetterQueue: sst.aws.Queue;
}

export interface Queues {
  subscribers: readonly SubscriberQueues[];
  /** Takes what a rule could not deliver. */
  deliveryDeadLetterQueue: sst.aws.Queue;
}

/** All queues of the topology. */
export function createQueues({ names }: Stage): Queues {
  const createDeadLetterQueue = (logical: string, name: string) =>
    createQueue(logical, names.nameOf(name), topology.deadLetterRetentionDays);
  return {
    deliveryDeadLetterQueue: createDeadLetterQueue('DeliveryDlq', topology.deliveryDeadLetterQueue),
    subscribers: topology.subscriptions.map((subscription) => {
      const logical = logicalName(subscription.subscriber);
      const deadLetterQueue = createDeadLetterQueue(`${logical}Dlq`, subscription.deadLetterQueue);
      const name = names.nameOf(subscription.queue);
      const queue = createQueue(`${logical}Queue`, name, topology.queueRetentionDays, {
        visibilityTimeout: `${subscription.visibilityTimeoutSeconds} seconds`,
        dlq: { queue: deadLetterQueue.arn, retry: topology.maxReceiveCount },
      });
      return { subscription, queue, deadLetterQueue };
    }),
  };
}

/** A subscriber's queues. Throws where the topology has no subscription of it. */
export function queuesOf({ subscribers }: Queues, name: SubscriberName): SubscriberQueues {
  const found = subscribers.find(({ subscription }) => subscription.subscriber === name);
  if (!found) throw new Error(`${name} subscribes to nothing`);
  return found;
}

function createQueue(
  logical: string,
  name: string,
  retentionDays: number,
  args: Pick<sst.aws.QueueArgs, 'visibilityTimeout' | 'dlq'> = {},
): sst.aws.Queue {
  return new sst.aws.Queue(logical, {
    ...args,
    transform: {
      queue: {
        name,
        messageRetentionSeconds: retentionDays * DAY_SECONDS,
        sqsManagedSseEnabled: true,
      },
    },
  });
}
