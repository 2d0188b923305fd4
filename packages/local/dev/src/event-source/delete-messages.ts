import { DeleteMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { ReceivedMessage } from './message.ts';

const ATTEMPTS = 3;

/**
 * Deletes at most ten messages and returns how many could not be deleted: those are delivered again. SQS answers 200
 * with failed entries, so these are tried again here.
 */
export async function deleteMessages(
  sqs: SQSClient,
  queueUrl: string,
  messages: readonly ReceivedMessage[],
): Promise<number> {
  let left = [...messages];
  for (let attempt = 1; attempt <= ATTEMPTS && left.length > 0; attempt += 1) {
    const answer = await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: left.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
      }),
    );
    const failed = new Set((answer.Failed ?? []).map(({ Id }) => Id));
    left = left.filter((_, index) => failed.has(String(index)));
  }
  return left.length;
}
