import {
  ChangeMessageVisibilityBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { describeError } from '@cloudnestle/runtime/errors';
import { waitForAll } from '@cloudnestle/runtime/wait-for-all';
import { chunk } from '../chunk.ts';
import type { Letter } from './letter.ts';
import { type QueueNames, readLetter } from './read-letter.ts';
import { countMessages, type DeadLetterQueue } from './stage-queues.ts';

interface WalkOptions {
  /** Aborted: what is under way is finished, and nothing more is received. */
  signal: AbortSignal;
  /**
   * How long a letter is kept from others. Longer than dealing with a batch takes. A command that is killed leaves its
   * letters hidden for so long.
   */
  visibilitySeconds: number;
  /** Batches at once. */
  workers?: number;
  /** How many letters a worker may take now, 0: no more. Awaited before every batch. */
  take?(): Promise<number> | number;
  /** Given: it also waits for letters that another command holds. */
  patience?: Patience | undefined;
}

const BATCH = 10;
/** As AWS needs it. */
const LONG_POLL_SECONDS = 1;
const WORKERS = 4;
/**
 * Hands every letter of a dead-letter queue to `deal` once, in batches. `deal` answers those it wants kept: they stay
 * hidden until the walk is over, and are then given back. The others are gone, or come back by themselves.
 * Answers how many letters another command still held when patience was over, about.
 */
export async function goThroughLetters(
  source: LetterSource,
  deal: (letters: Letter[]) => Promise<readonly Letter[]>,
  options: WalkOptions,
): Promise<{ hidden: number }> {
  const { workers = WORKERS, take = () => BATCH, patience } = options;
  const failed = new AbortController();
  const signal = AbortSignal.any([options.signal, failed.signal]);
  const hold = createHold(source);
  const others = patience && (await startAwaiting(source, patience));
  let inHand = 0;
  const { longPollSeconds = LONG_POLL_SECONDS } = source;
  const pollsSeconds = longPollSeconds > 0 ? [0, longPollSeconds] : [0];

  /** Letters that were not dealt with yet; none where none come. */
  const receiveNew = async (most: number, polls: readonly number[]): Promise<Letter[]> => {
    let again = 0;
    for (let empty = 0; empty < polls.length && !signal.aborted; ) {
      const waitSeconds = polls[empty] ?? 0;
      const letters = await receiveLetters(source, { ...options, most, waitSeconds });
      const isNew = ({ messageId }: Letter) => !hold.has(messageId);
      const found = letters.filter(isNew);
      for (const letter of letters) if (!isNew(letter)) hold.keep(letter);
      if (found.length > 0) return found;
      again += letters.length;
      // Held ones may hide a new one; but where they come again and again, nothing else is there.
      if (letters.length === 0 || again > 2 * hold.size() + BATCH) empty += 1;
    }
    return [];
  };
  /** Calls `onFound` at the first letters. */
  const work = async (onFound?: () => void): Promise<void> => {
    let polls: readonly number[] = pollsSeconds;
    while (!signal.aborted) {
      const most = Math.min(await take(), BATCH);
      if (most < 1) return;
      const letters = await receiveNew(most, polls);
      if (letters.length === 0) {
        const isWorth =
          !signal.aborted && (await others?.areWorthWaiting(() => hold.size() + inHand));
        if (!isWorth) return;
        // SQS waits; asking again at once would only cost calls.
        polls = [LONG_POLL_SECONDS];
        continue;
      }
      polls = pollsSeconds;
      onFound?.();
      others?.note(letters);
      inHand += letters.length;
      // Where dealing fails, it is not known which of them are gone: giving a deleted one back does no harm.
      const kept = await deal(letters).catch((error: unknown) => {
        letters.forEach(hold.keep);
        throw error;
      });
      kept.forEach(hold.keep);
      inHand -= letters.length;
    }
  };
  const stopAll = (error: unknown): never => {
    failed.abort();
    throw error;
  };
  // Most dead-letter queues are empty: one worker looks, and the others come where it finds something.
  const working: Promise<void>[] = [];
  const start = (onFound?: () => void): void => {
    const worker = work(onFound).catch(stopAll);
    // Awaited below; until then its failure must not pass for one that nothing handles.
    worker.catch(() => undefined);
    working.push(worker);
  };
  start(() => {
    while (working.length < workers) start();
  });
  try {
    await Promise.allSettled(working);
    await waitForAll(working);
  } finally {
    await hold.release();
  }
  return { hidden: others?.left() ?? 0 };
}

/** How long a walk waits for letters that another command holds. */
export interface Patience {
  /** Since the last letter that came; default: as long as a look at the queue hides its letters. */
  seconds?: number | undefined;
  /** Letters are waited for, about so many: said at the start of a wait. */
  onWait?: ((hidden: number) => void) | undefined;
}

/** Knows of letters that are in the queue and hidden by another command. */
interface Others {
  /** Letters that came for the first time. */
  note(letters: readonly Letter[]): void;
  /** Whether there are others to be waited for; `ours` are the letters that this walk holds itself. */
  areWorthWaiting(ours: () => number): Promise<boolean>;
  /** How many there were when this was asked last. */
  left(): number;
}

/** A look's visibility timeout, and a little. */
const LOOK_SECONDS = 62;
const LETTERS_PER_SECOND = 500;
/** They come back one by one, each of them the end of a wait. */
const SAY_EVERY_MS = 10_000;

/**
 * Counts what is in the queue now. SQS counts late: a letter is waited for only where it was there at the start, was not
 * seen since, and is still counted, and never longer than patience has it.
 */
export async function startAwaiting(source: LetterSource, patience: Patience): Promise<Others> {
  const startedAt = new Date();
  const count = async () => {
    const { waiting, inFlight } = await countMessages(source.sqs, source.queue.deadLetterUrl);
    return waiting + inFlight;
  };
  const atStart = await count();
  const { seconds = LOOK_SECONDS + Math.ceil(atStart / LETTERS_PER_SECOND), onWait } = patience;
  let seen = 0;
  let left = 0;
  let drySinceMs: number | undefined;
  let saidAtMs = Number.NEGATIVE_INFINITY;
  return {
    note: (letters) => {
      // What arrives meanwhile must not make the wait endless.
      const known = letters.filter(({ sentAt }) => sentAt <= startedAt).length;
      if (known > 0) drySinceMs = undefined;
      seen += known;
    },
    areWorthWaiting: async (ours) => {
      const counted = seen < atStart ? await count() : 0;
      left = Math.max(0, Math.min(atStart - seen, counted - ours()));
      if (left === 0) return false;
      const nowMs = performance.now();
      if (drySinceMs === undefined && nowMs - saidAtMs > SAY_EVERY_MS) {
        saidAtMs = nowMs;
        onWait?.(left);
      }
      drySinceMs ??= nowMs;
      return nowMs - drySinceMs < seconds * 1000;
    },
    left: () => left,
  };
}

/** Letters that were received, stay hidden for a while, and are given back at the end. */
interface Hold {
  /** Keeps a letter, or renews the one that came again because its visibility timeout was over. */
  keep(letter: Letter): void;
  has(messageId: string): boolean;
  size(): number;
  /** Makes all of them visible again. What cannot be given back comes back by itself. */
  release(): Promise<void>;
}

const RELEASES_AT_ONCE = 4;

function createHold({ sqs, queue, warn }: LetterSource): Hold {
  const handles = new Map<string, string>();
  const giveBack = async (batch: readonly string[]): Promise<void> => {
    const Entries = batch.map((ReceiptHandle, index) => ({
      Id: String(index),
      ReceiptHandle,
      VisibilityTimeout: 0,
    }));
    await sqs.send(
      new ChangeMessageVisibilityBatchCommand({ QueueUrl: queue.deadLetterUrl, Entries }),
    );
  };
  return {
    keep: ({ messageId, receiptHandle }) => handles.set(messageId, receiptHandle),
    has: (messageId) => handles.has(messageId),
    size: () => handles.size,
    release: async () => {
      const batches = chunk([...handles.values()], 10).values();
      handles.clear();
      const giveSomeBack = async () => {
        for (const batch of batches) await giveBack(batch);
      };
      const working = Array.from({ length: RELEASES_AT_ONCE }, giveSomeBack);
      await Promise.all(working).catch((error: unknown) => {
        warn?.(`Some letters stay hidden for up to a minute (${describeError(error)}).`);
      });
    },
  };
}

/** A dead-letter queue and how to read what lies in it. */
export interface LetterSource {
  sqs: SQSClient;
  queue: DeadLetterQueue;
  subscribers: QueueNames;
  /** A short poll of a standard queue asks some of its servers only, a long one all of them (AWS); 0: short ones will do. */
  longPollSeconds?: number;
  /** Is told, in words for the operator, what goes wrong beside the job. */
  warn?(words: string): void;
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
