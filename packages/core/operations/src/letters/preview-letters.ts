import { maskText } from '../words/mask.ts';
import type { LetterSource } from './go-through-letters.ts';
import type { Letter } from './letter.ts';
import { type Looked, type LookOptions, lookAtLetters } from './look-at-letters.ts';
import type { Chosen } from './replay-letters.ts';

/** What a bulk action would meet, and the reasons of the letters it would take. */
export interface Preview extends Pick<Looked, 'waiting' | 'isCut'> {
  counts: Readonly<Record<Chosen, number>>;
  /** The letters that would be taken, by reason. */
  reasons: Readonly<Record<string, number>>;
  /** The letters that are meant and cannot succeed or go nowhere, by why. Addresses are masked. */
  obstacles: Readonly<Record<string, number>>;
  /** Letters that another client holds, about: they may be meant. */
  hidden: number;
}

/**
 * Looks at the letters of a queue and gives all of them back. `choose` is what the action itself decides by, so it takes
 * what was seen here, but for what comes and goes meanwhile.
 */
export async function previewLetters(
  source: LetterSource,
  choose: (letter: Letter) => Chosen,
  options: LookOptions,
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
  const obstacles = new Map<string, number>();
  const note = (letter: Letter) => {
    const choice = choose(letter);
    counts[choice] += 1;
    if (choice === 'chosen') add(reasons, letter.failure.reason);
    if (choice === 'cannotSucceed') add(obstacles, maskText(letter.obstacle ?? 'nothing says why'));
    if (choice === 'noDestination') add(obstacles, 'nothing says whose it is');
  };
  const { waiting, hidden, isCut } = await lookAtLetters(source, note, options);
  return {
    counts,
    reasons: Object.fromEntries(reasons),
    obstacles: Object.fromEntries(obstacles),
    waiting,
    hidden,
    isCut,
  };
}

function add(counts: Map<string, number>, why: string): void {
  counts.set(why, (counts.get(why) ?? 0) + 1);
}

/** Whether a bulk action would meet no letter that is meant. */
export function isNothing({ counts }: Pick<Preview, 'counts'>): boolean {
  return counts.chosen + counts.cannotSucceed + counts.noDestination === 0;
}
