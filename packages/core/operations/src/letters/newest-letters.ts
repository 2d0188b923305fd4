import type { Letter } from './letter.ts';
import { failedAt } from './letter-filter.ts';

/** The letters that failed last, so many of them at most, and how many there were in all. */
export interface Newest {
  add(letter: Letter): void;
  /** The newest failure first. */
  letters(): Letter[];
  matched(): number;
}

/** Keeps no more than twice as many letters as are wanted, however many there are. */
export function collectNewest(limit: number): Newest {
  let kept: Letter[] = [];
  let matched = 0;
  const cut = () => {
    kept = kept.toSorted(byFailure).slice(0, limit);
  };
  return {
    add: (letter) => {
      matched += 1;
      kept.push(letter);
      if (kept.length >= 2 * limit) cut();
    },
    letters: () => {
      cut();
      return kept;
    },
    matched: () => matched,
  };
}

/** By message id where two failed in the same millisecond, so that the same letters come in the same order. */
function byFailure(a: Letter, b: Letter): number {
  return failedAt(b).getTime() - failedAt(a).getTime() || a.messageId.localeCompare(b.messageId);
}
