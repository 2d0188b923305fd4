import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { DeadLetterAttributes, ReplayAttributes } from '@cloudnestle/contracts/dead-letter';
import { toMessageAttributes } from './message-attributes.ts';

/** Sends a record that a subscriber gives up on to the queue's dead-letter queue, with the reason beside it. */
export async function sendToDeadLetterQueue(
  sqs: SQSClient,
  deadLetterQueueUrl: string,
  letter: { body: string; attributes: DeadLetterAttributes & ReplayAttributes },
): Promise<void> {
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: deadLetterQueueUrl,
      MessageBody: letter.body,
      MessageAttributes: toMessageAttributes(letter.attributes),
    }),
  );
}
