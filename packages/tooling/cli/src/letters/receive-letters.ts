import { type Message, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { DeadLetterQueue } from '../queues/stage-queues.ts';
import type { Letter } from './letter.ts';
import { type QueueNames, readLetter } from './read-letter.ts';

/** A dead-letter queue and how to read what lies in it. */
export interface LetterSource {
  sqs: SQSClient;
  queue: DeadLetterQueue;
  subscribers: QueueNames;
}

/** Receives at most ten letters and hides them from others. */
export async function receiveLetters(
  { sqs, queue, subscribers }: LetterSource,
  options: { most: number; waitSeconds: number; visibilitySeconds: number },
): Promise<Letter[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: queue.deadLetterUrl,
      MaxNumberOfMessages: options.most,
      WaitTimeSeconds: options.waitSeconds,
      VisibilityTimeout: options.visibilitySeconds,
      MessageSystemAttributeNames: ['SentTimestamp'],
      MessageAttributeNames: ['All'],
    }),
  );
  return Messages.map((message: Message) => readLetter(message, queue, subscribers));
}
