import { OperatorError } from '../operator-error.ts';
import { goThroughLetters, type LetterSource } from './go-through-letters.ts';
import type { Letter } from './letter.ts';
import { countMessages } from './stage-queues.ts';

/** A standard queue keeps at most 120,000 messages in flight, and whatever is looked at is (AWS, SQS quotas). */
const MOST = 100_000;
/** Longer than an operator's answer takes; with many letters, as long as it takes to see them all. */
const VISIBILITY_SECONDS = 60;
/** A fraction of what is measured, so that no letter comes back while others are still to be seen. */
const LETTERS_PER_SECOND = 500;

export interface LookOptions {
  signal: AbortSignal;
  /** Exactly so many letters at most, one batch after the other; default: about 100,000. */
  most?: number;
  /** True: no more letters are wanted. */
  isEnough?(): boolean;
  onProgress?(state: { found: number; done: number }): void;
}

/** What was there to be looked at. */
export interface Looked {
  waiting: number;
  seen: number;
  /** Letters that another command held all the time, about. */
  hidden: number;
  /** There are more letters than were looked at. */
  isCut: boolean;
}

/** Shows every letter of a dead-letter queue to `note` and gives all of them back, also where it is interrupted: then it throws an `OperatorError`. */
export async function lookAtLetters(
  source: LetterSource,
  note: (letter: Letter) => void,
  { signal, most, isEnough = () => false, onProgress }: LookOptions,
): Promise<Looked> {
  const limit = most ?? MOST;
  const count = () => countMessages(source.sqs, source.queue.deadLetterUrl);
  const before = await count();
  let seen = 0;
  const noteAll = async (letters: Letter[]) => {
    letters.forEach(note);
    seen += letters.length;
    onProgress?.({ found: Math.max(Math.min(before.waiting, limit), seen), done: seen });
    return letters;
  };
  await goThroughLetters(source, noteAll, {
    signal,
    visibilitySeconds:
      VISIBILITY_SECONDS + Math.ceil(Math.min(before.waiting, limit) / LETTERS_PER_SECOND),
    ...(most === undefined ? {} : { workers: 1 }),
    take: () => (isEnough() ? 0 : limit - seen),
  });
  if (signal.aborted) {
    throw new OperatorError('Interrupted. All letters were given back.', { isInterrupted: true });
  }
  // Before: some may have come back meanwhile. After: SQS may still count those that were just given back.
  const hidden = before.inFlight === 0 ? 0 : Math.min(before.inFlight, (await count()).inFlight);
  return { waiting: before.waiting, seen, hidden, isCut: seen >= limit && before.waiting > seen };
}
