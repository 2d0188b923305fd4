import { countMessages } from '../queues/count-messages.ts';
import type { Letter } from './letter.ts';
import type { LetterSource } from './receive-letters.ts';

/** How long a walk waits for letters that somebody else holds. */
export interface Patience {
  /** Since the last letter that came; default: as long as a look at the queue hides its letters. */
  seconds?: number | undefined;
  /** Letters are waited for, about so many: said at the start of a wait. */
  onWait?: ((hidden: number) => void) | undefined;
}

/** Knows of letters that are there and that nobody shows us. */
export interface Others {
  /** Letters that came for the first time. */
  note(letters: readonly Letter[]): void;
  /** Whether there are others to be waited for; `ours` are the letters that we hold ourselves. */
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
