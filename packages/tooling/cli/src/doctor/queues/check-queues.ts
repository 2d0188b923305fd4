import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import { subscriptions } from '@cloudnestle/topology/subscriptions';
import type { Subscription } from '@cloudnestle/topology/types';
import { nameInUrl } from '../../queues/stage-queues.ts';
import { type Check, wrong } from '../check.ts';
import { judgeDeadLetterQueue } from './judge-dead-letter-queue.ts';
import { judgeLiveQueue } from './judge-live-queue.ts';
import { READS_QUEUES, type ReadQueue } from './read-queue.ts';

/** Every subscriber's queue and dead-letter queue, and the one of what EventBridge could not deliver. */
export function checkQueues(stage: EnvironmentSecret, readQueue: ReadQueue): Check[] {
  const letters = (url: string) =>
    checkQueue(url, async () => judgeDeadLetterQueue(await readQueue(url)));
  return [
    ...subscriptions.flatMap((subscription) => {
      const queue = stage.queues[subscription.subscriber];
      if (!queue) return [unnamed(subscription)];
      const live = checkQueue(queue.url, async () =>
        judgeLiveQueue(await readQueue(queue.url), subscription, {
          name: nameInUrl(queue.deadLetterUrl),
          // What is wrong with that one, its own check says.
          arn: (await readQueue(queue.deadLetterUrl).catch(() => undefined))?.QueueArn,
        }),
      );
      return [live, letters(queue.deadLetterUrl)];
    }),
    letters(stage.deliveryDeadLetterUrl),
  ];
}

function checkQueue(url: string, look: Check['look']): Check {
  return { check: 'queues', subject: nameInUrl(url), asks: READS_QUEUES, look };
}

function unnamed({ subscriber, queue }: Subscription): Check {
  const words = `the environment's secret names no queue of ${subscriber}: deploy the stage again`;
  return checkQueue(queue, async () => wrong(words));
}
