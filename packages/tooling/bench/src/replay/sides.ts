import {
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { replayLetters } from '@cloudnestle/cli/letters/replay-letters';
import { toMessageAttributes } from '@cloudnestle/runtime/queue/dead-letter';

/** Where letters are moved from and to. */
export interface Queues {
  live: string;
  dead: string;
}

/** Moves every letter and answers how many milliseconds it took until the last one was moved. */
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
