import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import { nameIn } from '@cloudnestle/topology/judge/problem';
import * as z from 'zod';
import { OperatorError } from '../operator-error.ts';

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

/** The dead-letter queue of that name, also as AWS knows it. Throws a `OperatorError` that names those there are. */
export function findDeadLetterQueue(stage: EnvironmentSecret, name: string): DeadLetterQueue {
  const queues = listDeadLetterQueues(stage);
  const found = queues.find((queue) => queue.name === name || nameIn(queue.deadLetterUrl) === name);
  if (found) return found;
  throw new OperatorError(
    `There is no dead-letter queue "${name}". There are: ${queues.map((queue) => queue.name).join(', ')}.`,
  );
}

/** Whether an ARN is that of a queue: of its name and, as far as the queue's url says them, its account and region. */
export function isQueue(arn: string, url: string): boolean {
  const [, , , region, account] = arn.split(':');
  const [, host = '', owner] = /^\w+:\/\/([^/]*)\/(\d{12})\/[^/]+$/.exec(url) ?? [];
  const [, place] = /^sqs\.([a-z0-9-]+)\.amazonaws\./.exec(host) ?? [];
  return (
    nameIn(arn) === nameIn(url) &&
    (owner === undefined || account === owner) &&
    (place === undefined || region === place)
  );
}

const countsSchema = z.object({
  ApproximateNumberOfMessages: z.coerce.number().int(),
  ApproximateNumberOfMessagesNotVisible: z.coerce.number().int(),
  ApproximateNumberOfMessagesDelayed: z.coerce.number().int(),
});

/** Messages of a queue as SQS counts them: approximately, and on AWS up to a minute late. */
export interface MessageCounts {
  waiting: number;
  /** Received and not deleted yet, or waiting for their next try. */
  inFlight: number;
}

export async function countMessages(sqs: SQSClient, queueUrl: string): Promise<MessageCounts> {
  const answer = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: queueUrl,
      AttributeNames: [
        'ApproximateNumberOfMessages',
        'ApproximateNumberOfMessagesNotVisible',
        'ApproximateNumberOfMessagesDelayed',
      ],
    }),
  );
  const counts = countsSchema.parse(answer.Attributes);
  return {
    waiting: counts.ApproximateNumberOfMessages + counts.ApproximateNumberOfMessagesDelayed,
    inFlight: counts.ApproximateNumberOfMessagesNotVisible,
  };
}
