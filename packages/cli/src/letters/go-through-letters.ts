import { type Message, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { waitForAll } from '@cloudnestle/runtime/wait-for-all';
import type { DeadLetterQueue } from '../queues/stage-queues.ts';
import { createHold } from './hold-letters.ts';
import type { Letter } from './letter.ts';
import { type QueueNames, readLetter } from './read-letter.ts';

/** A dead-letter queue and how to read what lies in it. */
export interface LetterSource {
  sqs: SQSClient;
  queue: DeadLetterQueue;
  subscribers: QueueNames;
}

export interface WalkOptions {
  /** Aborted: what is under way is finished, and nothing more is received. */
  signal: AbortSignal;
  /**
   * How long a letter is kept from others. Longer than dealing with a batch takes; whoever is killed leaves its letters
   * hidden for so long.
   */
  visibilitySeconds: number;
  /** Batches at once. */
  workers?: number;
  /** How many letters a worker may take now, 0: no more. Awaited before every batch. */
  take?(): Promise<number> | number;
  /** So long it also waits for letters that somebody else holds. */
  waitUntil?: Date;
}

const BATCH = 10;
const WORKERS = 4;
/** A short poll of a standard queue asks some of its servers only; a long one asks them all (AWS). */
const LONG_POLL_SECONDS = 1;

/**
 * Hands every letter of a dead-letter queue to `deal` once, in batches. `deal` answers those it wants kept: they are
 * hidden from everybody until the walk is over, and then given back. The others are gone, or come back by themselves.
 */
export async function goThroughLetters(
  source: LetterSource,
  deal: (letters: Letter[]) => Promise<readonly Letter[]>,
  options: WalkOptions,
): Promise<void> {
  const { workers = WORKERS, take = () => BATCH, waitUntil = new Date(0) } = options;
  const failed = new AbortController();
  const signal = AbortSignal.any([options.signal, failed.signal]);
  const hold = createHold(source.sqs, source.queue.deadLetterUrl);

  /** Letters that were not dealt with yet; undefined where there are none any more. */
  const receiveNew = async (most: number): Promise<Letter[] | undefined> => {
    for (const waitSeconds of [0, LONG_POLL_SECONDS]) {
      const letters = await receive(source, { ...options, most, waitSeconds });
      const isNew = ({ messageId }: Letter) => !hold.has(messageId);
      const found = letters.filter(isNew);
      for (const letter of letters) if (!isNew(letter)) hold.keep(letter);
      if (found.length > 0) return found;
      if (signal.aborted) return undefined;
    }
    return new Date() < waitUntil ? [] : undefined;
  };
  const work = async (): Promise<void> => {
    while (!signal.aborted) {
      const most = Math.min(await take(), BATCH);
      if (most < 1) return;
      const letters = await receiveNew(most);
      if (letters === undefined) return;
      if (letters.length === 0) continue;
      // Where dealing fails, nobody knows which of them are gone: giving a deleted one back does no harm.
      const kept = await deal(letters).catch((error: unknown) => {
        letters.forEach(hold.keep);
        throw error;
      });
      kept.forEach(hold.keep);
    }
  };
  const stopAll = (error: unknown): never => {
    failed.abort();
    throw error;
  };
  try {
    await waitForAll(Array.from({ length: workers }, () => work().catch(stopAll)));
  } finally {
    await hold.release();
  }
}

async function receive(
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
