import { describeError } from '@cloudnestle/runtime/errors';
import { createPace } from '../create-pace.ts';
import { goThroughLetters, type LetterSource, type Patience } from './go-through-letters.ts';
import type { Letter } from './letter.ts';
import { type LetterFilter, matchesFilter } from './letter-filter.ts';
import {
  deleteLetters,
  hasRoomForStamp,
  type ReplayStamp,
  sendLetters,
} from './send-and-delete.ts';

/** Longer than sending and deleting a batch takes. A replay that is killed leaves its letters hidden for so long. */
const VISIBILITY_SECONDS = 30;

export interface ReplayJob extends Choice {
  /** Where each subscriber's letters go: the url of its live queue. */
  liveUrls: Readonly<Record<string, string>>;
  /** Letters at most. */
  max?: number | undefined;
  /** Letters in a second at most. */
  rate?: number | undefined;
  signal: AbortSignal;
  /** How long to wait for letters that another command holds. */
  patience?: Patience | undefined;
  onProgress?(moved: number): void;
  /**
   * Is told of letters before any of them is sent, and then of what became of them. A replay goes on only once it resolves: so
   * what it did can be told after it was killed at any moment.
   */
  begin?(letters: readonly Letter[]): Promise<(became: BatchCounts) => void>;
}

/** What became of letters that were to be moved. */
export type BatchCounts = Pick<ReplayCounts, 'moved' | 'notSent' | 'notDeleted' | 'stampCut'>;

/** What became of the letters that were seen; without `chosen`, which are `moved` or `notSent`. */
interface ReplayCounts extends Record<Exclude<Chosen, 'chosen' | 'notMeant'>, number> {
  /** In their queue again. */
  moved: number;
  /** SQS did not take them: they stay where they are. */
  notSent: number;
  /** Of the moved ones, those that could not be deleted: they stay here as well. */
  notDeleted: number;
  /** Of the moved ones, those with so many attributes of others that a part of who replayed them found no room. */
  stampCut: number;
}

export interface Replayed {
  counts: ReplayCounts;
  /** Letters that another command held to the end, about: they may be meant. */
  hidden: number;
  /** Why it ended before its time, if it did: the rest stays where it is. */
  brokenOff?: string;
}

/**
 * Moves letters back into the queues they came from: receive, send, and only then delete, so that a kill at any moment
 * loses none. One that was sent and not deleted is sent again by the next replay, which subscribers can take. Never
 * rejects: what was moved is reported whatever comes after.
 */
export async function replayLetters(source: LetterSource, job: ReplayJob): Promise<Replayed> {
  const { max = Number.POSITIVE_INFINITY, rate, signal } = job;
  const counts: ReplayCounts = { ...nothing };
  const pace = createPace(rate, signal);
  let chosen = 0;

  const move = async (
    subscriber: string,
    letters: readonly Letter[],
    batch: BatchCounts,
  ): Promise<Letter[]> => {
    const url = job.liveUrls[subscriber];
    if (url === undefined) return [...letters];
    const { sent, refused } = await sendLetters(source.sqs, url, letters, job.stamp);
    const left =
      sent.length === 0 ? [] : await deleteLetters(source.sqs, source.queue.deadLetterUrl, sent);
    const became = {
      moved: sent.length,
      notSent: refused.length,
      notDeleted: left.length,
      stampCut: sent.filter((letter) => !hasRoomForStamp(letter, job.stamp)).length,
    };
    add(counts, became);
    add(batch, became);
    job.onProgress?.(counts.moved);
    return [...refused, ...left].map(({ letter }) => letter);
  };
  const deal = async (letters: Letter[]): Promise<Letter[]> => {
    const kept: Letter[] = [];
    const toMove: Letter[] = [];
    for (const letter of letters) {
      const choice = chooseLetter(letter, job);
      if (choice === 'chosen' && chosen < max) {
        chosen += 1;
        toMove.push(letter);
        continue;
      }
      if (choice !== 'chosen' && choice !== 'notMeant') counts[choice] += 1;
      kept.push(letter);
    }
    if (toMove.length > 0 && !(await pace(toMove.length))) return [...kept, ...toMove];
    if (toMove.length === 0) return kept;
    const end = await job.begin?.(toMove);
    const batch = { moved: 0, notSent: 0, notDeleted: 0, stampCut: 0 };
    for (const [subscriber, group] of Map.groupBy(toMove, subscriberOf)) {
      kept.push(...(await move(subscriber, group, batch)));
    }
    end?.(batch);
    return kept;
  };
  try {
    const { hidden } = await goThroughLetters(source, deal, {
      signal,
      visibilitySeconds: VISIBILITY_SECONDS,
      // Letters that wait for their turn must not become visible meanwhile.
      ...(rate === undefined ? {} : { workers: 1 }),
      take: () => (chosen >= max ? 0 : Math.ceil(rate ?? 10)),
      patience: job.patience ?? {},
    });
    if (signal.aborted) return { counts, hidden, brokenOff: 'interrupted' };
    return { counts, hidden: chosen >= max ? 0 : hidden };
  } catch (error) {
    return { counts, hidden: 0, brokenOff: describeError(error) };
  }
}

function add(sum: BatchCounts, more: BatchCounts): void {
  sum.moved += more.moved;
  sum.notSent += more.notSent;
  sum.notDeleted += more.notDeleted;
  sum.stampCut += more.stampCut;
}

const subscriberOf = ({ subscriber }: Letter): string => subscriber ?? '';

const nothing: ReplayCounts = {
  moved: 0,
  notSent: 0,
  notDeleted: 0,
  stampCut: 0,
  failedAgain: 0,
  cameMeanwhile: 0,
  cannotSucceed: 0,
  noDestination: 0,
};

/** What is to be replayed. */
export interface Choice {
  filter: LetterFilter;
  /** Also what can never succeed by the contracts of this version. */
  force: boolean;
  stamp: ReplayStamp;
  /** What came later is not meant; default: since the stamp. */
  cutOff?: Date | undefined;
}

/**
 * What a bulk action makes of a letter. `failedAgain` and `cameMeanwhile` end a replay: without them it would chase
 * what a broken subscriber sends back for ever.
 */
export type Chosen =
  | 'chosen'
  | 'notMeant'
  | 'failedAgain'
  | 'cameMeanwhile'
  | 'cannotSucceed'
  | 'noDestination';

export function chooseLetter(letter: Letter, { filter, force, stamp, cutOff }: Choice): Chosen {
  const { replay, sentAt, subscriber, obstacle } = letter;
  const isOurs = replay.replayedAt === stamp.replayedAt && replay.replayedBy === stamp.replayedBy;
  if (isOurs) return 'failedAgain';
  if (!matchesFilter(letter, filter)) return 'notMeant';
  if (sentAt > (cutOff ?? new Date(stamp.replayedAt))) return 'cameMeanwhile';
  if (subscriber === undefined) return 'noDestination';
  return obstacle !== undefined && !force ? 'cannotSucceed' : 'chosen';
}
