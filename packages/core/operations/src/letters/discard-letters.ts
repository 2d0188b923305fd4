import { describeError } from '@cloudnestle/runtime/errors';
import { goThroughLetters, type LetterSource, type Patience } from './go-through-letters.ts';
import type { Letter } from './letter.ts';
import { deleteLetters } from './send-and-delete.ts';

/** Longer than writing and deleting a batch takes. */
const VISIBILITY_SECONDS = 30;

export interface DiscardJob {
  isMeant(letter: Letter): boolean;
  /** Letters at most. */
  max?: number | undefined;
  /** Message ids of what a killed run has kept already: it is deleted whatever `max` says, and looked for to the queue's end. */
  begun?: ReadonlySet<string> | undefined;
  /** Resolves once the letters are kept elsewhere, safe from a kill; only then they are deleted. */
  keep(letters: readonly Letter[]): Promise<void>;
  signal: AbortSignal;
  /** How long to wait for letters that another command holds. */
  patience?: Patience | undefined;
  onProgress?(discarded: number): void;
}

export interface Discarded {
  discarded: number;
  /** Kept elsewhere, and here as well: SQS did not delete them. */
  notDeleted: number;
  /** Letters that another command held to the end, about: they may be meant. */
  hidden: number;
  /** Of `begun`, what was not seen: after a whole walk it is gone. */
  unseen: number;
  brokenOff?: string;
}

/** Keeps letters elsewhere and deletes them. Never rejects: what was discarded is reported whatever comes after. */
export async function discardLetters(source: LetterSource, job: DiscardJob): Promise<Discarded> {
  const { max = Number.POSITIVE_INFINITY, signal } = job;
  const counts = { discarded: 0, notDeleted: 0 };
  const begun = new Set(job.begun);
  let chosen = 0;
  const isTaken = (letter: Letter): boolean => {
    if (begun.delete(letter.messageId)) return true;
    if (!job.isMeant(letter) || chosen >= max) return false;
    chosen += 1;
    return true;
  };
  const deal = async (letters: Letter[]): Promise<Letter[]> => {
    const toDiscard = letters.filter(isTaken);
    const kept = letters.filter((each) => !toDiscard.includes(each));
    if (toDiscard.length === 0) return kept;
    await job.keep(toDiscard);
    const left = await deleteLetters(source.sqs, source.queue.deadLetterUrl, toDiscard);
    counts.discarded += toDiscard.length - left.length;
    counts.notDeleted += left.length;
    job.onProgress?.(counts.discarded);
    return [...kept, ...left.map(({ letter }) => letter)];
  };
  try {
    const { hidden } = await goThroughLetters(source, deal, {
      signal,
      visibilitySeconds: VISIBILITY_SECONDS,
      take: () => (chosen >= max && begun.size === 0 ? 0 : 10),
      patience: job.patience ?? {},
    });
    const unseen = begun.size;
    if (signal.aborted) return { ...counts, hidden, unseen, brokenOff: 'interrupted' };
    return { ...counts, hidden: chosen >= max ? 0 : hidden, unseen };
  } catch (error) {
    return { ...counts, hidden: 0, unseen: begun.size, brokenOff: describeError(error) };
  }
}
