import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { replayLetters } from '@cloudnestle/operations/letters/replay-letters';
import { mapConcurrently } from '@cloudnestle/runtime/map-concurrently';
import { toMessageAttributes } from '@cloudnestle/runtime/queue/dead-letter';
import { sampleCompleted } from '@cloudnestle/test-kit/samples';

/** Where dead letters are moved from and to. */
interface Queues {
  live: string;
  dead: string;
}

/** Moves every dead letter and answers how many milliseconds it took until the last one was moved. */
export type Side = (sqs: SQSClient, queues: Queues, letters: number) => Promise<number>;

/** As many as a replay without a rate limit has. */
const WORKERS = 4;

/**
 * The command's own part. It then asks once more, with a long poll of a second, whether more have come: that wait is no
 * work, and not measured.
 */
export function createReplaySide(onProgress: (moved: number) => void = () => undefined): Side {
  return async (sqs, { live, dead }, letters) => {
    const startedAt = performance.now();
    let lastAt = startedAt;
    const { counts } = await replayLetters(
      { sqs, queue: { name: 'tiers', deadLetterUrl: dead, liveUrl: live }, subscribers: {} },
      {
        filter: {},
        force: false,
        stamp: { replayedBy: 'bench', replayedAt: new Date(Date.now() + 60_000).toISOString() },
        liveUrls: { tiers: live },
        signal: new AbortController().signal,
        onProgress: (moved) => {
          lastAt = performance.now();
          onProgress(moved);
        },
      },
    );
    if (counts.moved !== letters) throw new Error(`the replay moved ${counts.moved} letters`);
    return lastAt - startedAt;
  };
}

/** Receives, sends and deletes in batches, and does nothing else. */
export const moveBare: Side = async (sqs, { live, dead }, letters) => {
  const MessageAttributes = toMessageAttributes({
    replayedBy: 'bench',
    replayedAt: new Date().toISOString(),
    replayCount: '1',
  });
  const startedAt = performance.now();
  let lastAt = startedAt;
  let moved = 0;
  const work = async (): Promise<void> => {
    for (;;) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl: dead, MaxNumberOfMessages: 10 }),
      );
      if (Messages.length === 0) return;
      const sent = Messages.map(({ Body }, index) => ({
        Id: `${index}`,
        MessageBody: Body,
        MessageAttributes,
      }));
      await sqs.send(new SendMessageBatchCommand({ QueueUrl: live, Entries: sent }));
      const done = Messages.map(({ ReceiptHandle }, index) => ({ Id: `${index}`, ReceiptHandle }));
      await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: dead, Entries: done }));
      moved += Messages.length;
      lastAt = performance.now();
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, work));
  if (moved !== letters) throw new Error(`the bare loop moved ${moved} letters`);
  return lastAt - startedAt;
};

const BATCH = 10;
const BATCHES_AT_ONCE = 4;

/** A dead letter as the tiers subscriber leaves it when its table is throttled. */
const deadLetter = {
  MessageBody: JSON.stringify({
    version: '0',
    id: '6f6f2a7e-5b1c-4f0e-9d0a-0d5f0e6f1c55',
    source: 'marketplace.payments',
    'detail-type': 'PaymentCompleted',
    time: '2026-01-31T10:00:00Z',
    detail: sampleCompleted().detail,
  }),
  MessageAttributes: toMessageAttributes({
    failureKind: 'exhausted',
    failureReason: 'ProvisionedThroughputExceededException: the users table is throttled',
    attempts: '8',
    firstFailedAt: '2026-01-31T10:00:00.000Z',
    lastFailedAt: '2026-01-31T11:00:00.000Z',
    eventId: 'payment-completed:MP-test-uuid-123-1732356000-000001',
  }),
};

/** The two queues of the subscriber `tiers`, by url. */
export async function createQueues(sqs: SQSClient): Promise<{ live: string; dead: string }> {
  const create = async (QueueName: string) => {
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName }));
    if (!QueueUrl) throw new Error(`queue ${QueueName} has no url`);
    return QueueUrl;
  };
  return { live: await create('bench-tiers'), dead: await create('bench-tiers-dlq') };
}

/** Puts so many dead letters, a multiple of ten, into a queue. */
export async function putDeadLetters(
  sqs: SQSClient,
  QueueUrl: string,
  count: number,
): Promise<void> {
  const batches = Array.from({ length: count / BATCH });
  await mapConcurrently(batches, BATCHES_AT_ONCE, async () => {
    const Entries = Array.from({ length: BATCH }, (_, index) => ({
      Id: `${index}`,
      ...deadLetter,
    }));
    const { Failed = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    if (Failed.length > 0) throw new Error('a letter was not taken');
  });
}
