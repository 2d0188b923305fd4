import { waitForAll } from '@cloudnestle/runtime/wait-for-all';
import { shell } from '../shell.ts';
import { type Patience, startAwaiting } from './await-others.ts';
import { createHold } from './hold-letters.ts';
import type { Letter } from './letter.ts';
import { type LetterSource, receiveLetters } from './receive-letters.ts';

export type { LetterSource } from './receive-letters.ts';

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
  /** Given: it also waits for letters that somebody else holds. */
  patience?: Patience | undefined;
}

const BATCH = 10;
const WORKERS = 4;
/**
 * Hands every letter of a dead-letter queue to `deal` once, in batches. `deal` answers those it wants kept: they are
 * hidden from everybody until the walk is over, and then given back. The others are gone, or come back by themselves.
 * Answers how many letters somebody else still held when patience was over, about.
 */
export async function goThroughLetters(
  source: LetterSource,
  deal: (letters: Letter[]) => Promise<readonly Letter[]>,
  options: WalkOptions,
): Promise<{ hidden: number }> {
  const { workers = WORKERS, take = () => BATCH, patience } = options;
  const failed = new AbortController();
  const signal = AbortSignal.any([options.signal, failed.signal]);
  const hold = createHold(source.sqs, source.queue.deadLetterUrl);
  const others = patience && (await startAwaiting(source, patience));
  let inHand = 0;
  const pollsSeconds = [0, shell().pace.longPollSeconds];

  /** Letters that were not dealt with yet; none where none come. */
  const receiveNew = async (most: number): Promise<Letter[]> => {
    let again = 0;
    for (let empty = 0; empty < pollsSeconds.length && !signal.aborted; ) {
      const waitSeconds = pollsSeconds[empty] ?? 0;
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
  const work = async (): Promise<void> => {
    while (!signal.aborted) {
      const most = Math.min(await take(), BATCH);
      if (most < 1) return;
      const letters = await receiveNew(most);
      if (letters.length === 0) {
        const isWorth =
          !signal.aborted && (await others?.areWorthWaiting(() => hold.size() + inHand));
        if (!isWorth) return;
        continue;
      }
      others?.note(letters);
      inHand += letters.length;
      // Where dealing fails, nobody knows which of them are gone: giving a deleted one back does no harm.
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
  try {
    await waitForAll(Array.from({ length: workers }, () => work().catch(stopAll)));
  } finally {
    await hold.release();
  }
  return { hidden: others?.left() ?? 0 };
}
