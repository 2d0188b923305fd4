import { topology } from '@cloudnestle/topology/topology';
import type { SubscriberName, Subscription, WorkQueue } from '@cloudnestle/topology/types';
import { logicalName, type Stage } from './config/read-stage.ts';

const DAY_SECONDS = 86_400;

/** A queue and the dead-letter queue that belongs to it alone. */
export interface OwnQueues {
  queue: sst.aws.Queue;
  deadLetterQueue: sst.aws.Queue;
}

export interface SubscriberQueues extends OwnQueues {
  subscription: Subscription;
}

export interface Queues {
  subscribers: readonly SubscriberQueues[];
  /** What operators have the worker do. */
  jobs: OwnQueues;
  /** Takes what a rule could not deliver. */
  deliveryDeadLetterQueue: sst.aws.Queue;
}

/** All queues of the topology. */
export function createQueues({ names }: Stage): Queues {
  const createDeadLetterQueue = (logical: string, name: string) =>
    createQueue(logical, names.nameOf(name), topology.deadLetterRetentionDays);
  const createOwn = (logical: string, work: WorkQueue): OwnQueues => {
    const deadLetterQueue = createDeadLetterQueue(`${logical}Dlq`, work.deadLetterQueue);
    const name = names.nameOf(work.queue);
    const queue = createQueue(`${logical}Queue`, name, topology.queueRetentionDays, {
      visibilityTimeout: `${work.visibilityTimeoutSeconds} seconds`,
      dlq: { queue: deadLetterQueue.arn, retry: topology.maxReceiveCount },
    });
    return { queue, deadLetterQueue };
  };
  return {
    deliveryDeadLetterQueue: createDeadLetterQueue('DeliveryDlq', topology.deliveryDeadLetterQueue),
    subscribers: topology.subscriptions.map((subscription) => ({
      subscription,
      ...createOwn(logicalName(subscription.subscriber), subscription),
    })),
    jobs: createOwn(logicalName(topology.jobQueue.function), topology.jobQueue),
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
