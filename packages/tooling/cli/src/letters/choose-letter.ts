import type { Letter } from './letter.ts';
import { type LetterFilter, matchesFilter } from './letter-filter.ts';
import type { ReplayStamp } from './send-letters.ts';

/** What is to be replayed. */
export interface Choice {
  filter: LetterFilter;
  /** Also what can never succeed by the contracts of this version. */
  force: boolean;
  stamp: ReplayStamp;
}

/**
 * What a bulk action makes of a letter. `failedAgain` and `cameMeanwhile` end a replay: without them it would chase what a broken
 * subscriber sends back for ever.
 */
export type Chosen =
  | 'chosen'
  | 'notMeant'
  | 'failedAgain'
  | 'cameMeanwhile'
  | 'cannotSucceed'
  | 'noDestination';

export function chooseLetter(letter: Letter, { filter, force, stamp }: Choice): Chosen {
  const { replay, sentAt, subscriber, obstacle } = letter;
  const isOurs = replay.replayedAt === stamp.replayedAt && replay.replayedBy === stamp.replayedBy;
  if (isOurs) return 'failedAgain';
  if (!matchesFilter(letter, filter)) return 'notMeant';
  if (sentAt > new Date(stamp.replayedAt)) return 'cameMeanwhile';
  if (subscriber === undefined) return 'noDestination';
  return obstacle !== undefined && !force ? 'cannotSucceed' : 'chosen';
}
