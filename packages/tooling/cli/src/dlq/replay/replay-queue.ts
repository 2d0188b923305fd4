import type { Choice } from '../../letters/choose-letter.ts';
import { describeFilter } from '../../letters/letter-filter.ts';
import { type Replayed, replayLetters } from '../../letters/replay-letters.ts';
import type { StageLetters } from '../../letters/stage-letters.ts';
import { type Watched, watchReplay } from '../../letters/watch-replay.ts';
import { logAction } from '../../operator/action-log.ts';
import type { Operator } from '../../operator/operator.ts';
import { showWork } from '../bulk/show-work.ts';
import type { ReplayOptions } from './options.ts';

export interface QueueReplay extends Choice {
  letters: StageLetters;
  source: StageLetters['sources'][number];
  operator: Operator;
  /** Letters that it will take, where that is known. */
  expected: number | undefined;
  signal: AbortSignal;
}

/** What a replay did, and what was seen of it afterwards. */
export interface ReplayResult extends Replayed {
  stamp: Choice['stamp'];
  /** Undefined where nobody watched. */
  watched: Watched | undefined;
}

/** Moves the letters, writes down who did it, and watches what becomes of them. */
export async function replayQueue(
  job: QueueReplay,
  { max, rate, watch }: Pick<ReplayOptions, 'max' | 'rate' | 'watch'>,
): Promise<ReplayResult> {
  const { letters, source, operator, filter, force, stamp, signal } = job;
  const work = showWork('replay', job.expected);
  const { counts, hidden, brokenOff } = await replayLetters(source, {
    filter,
    force,
    stamp,
    liveUrls: letters.liveUrls,
    max,
    rate,
    signal,
    onProgress: work.onProgress,
    patience: work.patience,
  });
  work.end();
  const replayed = { counts, hidden, ...(brokenOff === undefined ? {} : { brokenOff }) };
  if (isNothing(replayed)) return { ...replayed, stamp, watched: undefined };
  await logAction(operator, {
    action: 'dlq replay',
    target: { queue: source.queue.name, ...describeFilter(filter), force, max, rate, brokenOff },
    counts: { ...counts },
  });
  const watched =
    watch > 0 && counts.moved > 0
      ? await watchReplay(subscribersOf(job), stamp, { seconds: watch, signal })
      : undefined;
  return { ...replayed, stamp, watched };
}

/** Where letters that fail again turn up: what EventBridge could not deliver is, from now on, a subscriber's. */
function subscribersOf({ letters, source }: QueueReplay): StageLetters['sources'] {
  return source.queue.liveUrl === undefined
    ? letters.sources.filter(({ queue }) => queue.liveUrl !== undefined)
    : [source];
}

/** Whether every letter that was meant is in its queue, and none was seen to fail again. */
export function isAllDone({ counts, hidden, brokenOff, watched }: ReplayResult): boolean {
  const left = counts.notSent + counts.notDeleted + counts.cannotSucceed + counts.noDestination;
  const failed = counts.failedAgain + Object.keys(watched?.failedAgain ?? {}).length;
  return brokenOff === undefined && left === 0 && hidden === 0 && failed === 0;
}

/** Whether no letter was meant at all. */
export function isNothing({ counts, brokenOff }: Replayed): boolean {
  const met = counts.moved + counts.notSent + counts.cannotSucceed + counts.noDestination;
  return brokenOff === undefined && met === 0;
}
