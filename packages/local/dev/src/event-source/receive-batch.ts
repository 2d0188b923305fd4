import { ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { parseMessages, type ReceivedMessage } from './message.ts';

export interface ReceiveOptions {
  sqs: SQSClient;
  queueUrl: string;
  /** 1 to 10, SQS's own limit for one call. */
  batchSize: number;
  /** How long to gather more once there is a first message; 0: not at all. */
  batchWindowSeconds: number;
  /** How long one call waits for a first message; SQS allows 20. */
  longPollSeconds: number;
  nowMs(): number;
  /** Ends a long poll at once. */
  signal: AbortSignal;
}

/**
 * Waits for a first message, then gathers until the batch is full or its window is over. Nothing came: an empty list.
 * Rejects only while nothing is in hand; what was gathered is returned even when gathering on fails or is aborted.
 */
export async function receiveBatch(options: ReceiveOptions): Promise<ReceivedMessage[]> {
  const { batchSize, batchWindowSeconds, nowMs, signal } = options;
  const batch = await receive(options, batchSize, options.longPollSeconds);
  if (batch.length === 0) return batch;
  const endsAtMs = nowMs() + batchWindowSeconds * 1000;
  while (batch.length < batchSize && nowMs() < endsAtMs && !signal.aborted) {
    // SQS counts in whole seconds, so a window may run over by less than one.
    const waitSeconds = Math.min(20, Math.ceil((endsAtMs - nowMs()) / 1000));
    try {
      batch.push(...(await receive(options, batchSize - batch.length, waitSeconds)));
    } catch {
      break;
    }
  }
  return batch;
}

async function receive(
  { sqs, queueUrl, signal }: ReceiveOptions,
  count: number,
  waitSeconds: number,
): Promise<ReceivedMessage[]> {
  const answer = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: count,
      WaitTimeSeconds: waitSeconds,
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['All'],
    }),
    { abortSignal: signal },
  );
  return parseMessages(answer.Messages);
}
