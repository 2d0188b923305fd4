import { countLetters, describeHidden, formatCount } from '../describe-counts.ts';
import type { LetterView } from './describe-letter.ts';
import { formatLetter, formatWhole } from './format-letters.ts';

/** Letters of a queue, the newest failure first. */
export interface Shown {
  queue: string;
  /** Letters that the filters mean, shown or not. */
  matched: number;
  hidden: number;
  /** More letters match, or may match, than are listed here. */
  isCut: boolean;
  /** False: the queue has letters that were not looked at, which may match. */
  isWhollySeen: boolean;
  letters: readonly LetterView[];
}

/** The letters, and what must be known besides. */
export function formatShown(
  { queue, matched, hidden, isWhollySeen, letters }: Shown,
  { isWhole }: { isWhole: boolean },
): string {
  const paragraphs = letters.map(isWhole ? formatWhole : formatLetter);
  const count =
    letters.length === matched
      ? `${countLetters(matched)} of ${queue}.`
      : `${formatCount(letters.length)} of ${countLetters(matched)} of ${queue} (--limit ${matched} shows all). Replay and discard act on what the filters mean, not on what is shown.`;
  const cut = 'There are more than could be looked at at once.';
  return [
    ...paragraphs,
    ...(isWhole && matched === 1 ? [] : [count]),
    ...(isWhollySeen ? [] : [cut]),
    ...(hidden > 0 ? [describeHidden(hidden)] : []),
  ].join('\n\n');
}
