import type { Chosen } from '../../letters/choose-letter.ts';
import type { LetterSource } from '../../letters/go-through-letters.ts';
import type { Letter } from '../../letters/letter.ts';
import { lookAtLetters } from '../../letters/look-at-letters.ts';
import { createProgress } from '../../output/show-progress.ts';

/** What a bulk action would meet, and the reasons of the letters it would take. */
export interface Preview {
  counts: Readonly<Record<Chosen, number>>;
  /** Letters by reason. */
  reasons: Readonly<Record<string, number>>;
  /** Letters that somebody else holds, about: they may be meant. */
  hidden: number;
}

/** Looks at the letters of a queue and gives all of them back. */
export async function preview(
  source: LetterSource,
  choose: (letter: Letter) => Chosen,
  signal: AbortSignal,
): Promise<Preview> {
  const counts = {
    chosen: 0,
    notMeant: 0,
    failedAgain: 0,
    cameMeanwhile: 0,
    cannotSucceed: 0,
    noDestination: 0,
  };
  const reasons = new Map<string, number>();
  const note = (letter: Letter) => {
    const choice = choose(letter);
    counts[choice] += 1;
    const { reason } = letter.failure;
    if (choice === 'chosen') reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  };
  const bar = createProgress('look');
  const looked = lookAtLetters(source, note, { signal, onProgress: bar.show });
  const { hidden } = await looked.finally(bar.end);
  return { counts, reasons: Object.fromEntries(reasons), hidden };
}
