import type { Functions } from './functions/create-functions.ts';
import { logicalName } from './logical-name.ts';
import type { Queues } from './queues.ts';

/** Lets every subscriber's function work on its own queue; a record that fails comes back alone. */
export function subscribeFunctions(queues: Queues, functions: Functions): void {
  for (const { subscription, queue } of queues.subscribers) {
    new aws.lambda.EventSourceMapping(`${logicalName(subscription.subscriber)}Subscriber`, {
      eventSourceArn: queue.arn,
      functionName: functions[subscription.subscriber].arn,
      batchSize: subscription.batchSize,
      maximumBatchingWindowInSeconds: subscription.batchWindowSeconds,
      functionResponseTypes: ['ReportBatchItemFailures'],
      scalingConfig: { maximumConcurrency: subscription.maximumConcurrency },
    });
  }
}
