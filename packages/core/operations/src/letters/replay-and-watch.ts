import { type Choice, type Replayed, type ReplayJob, replayLetters } from './replay-letters.ts';
import type { StageLetters } from './stage-letters.ts';
import { type WalkHolder, type Walks, withFreeQueues } from './walks.ts';
import { type Watched, watchReplay } from './watch-replay.ts';

/** What a replay did, and what was seen of it afterwards. */
export interface ReplayResult extends Replayed {
  stamp: Choice['stamp'];
  /** Undefined where it was not watched. */
  watched: Watched | undefined;
}

type Source = StageLetters['sources'][number];

interface WatchedReplay extends Omit<ReplayJob, 'liveUrls'> {
  letters: StageLetters;
  source: Source;
  /** How long it is watched what becomes of them. */
  watch: { seconds: number; lookEveryMs?: number };
  /** Whose walk it is; what others go through is not watched. Left out: that cannot be seen. */
  walk?: { walks: Walks; holder: WalkHolder } | undefined;
  /** Called once letters were moved or met, before they are watched: writes down who did it. */
  onMoved(replayed: Replayed): Promise<void>;
}

/** Moves letters back into their queues and watches what becomes of them. */
export async function replayAndWatch({
  letters,
  source,
  watch,
  walk,
  onMoved,
  ...job
}: WatchedReplay): Promise<ReplayResult> {
  const { stamp, signal } = job;
  const replayed = await replayLetters(source, { ...job, liveUrls: letters.liveUrls });
  if (hasMetNothing(replayed)) return { ...replayed, stamp, watched: undefined };
  await onMoved(replayed);
  const isWatched = watch.seconds > 0 && replayed.counts.moved > 0;
  if (!isWatched) return { ...replayed, stamp, watched: undefined };
  const places = whereTheyFailAgain(letters, source);
  const look = (free: Source[]) => watchReplay(free, stamp, { ...watch, signal });
  const watched = walk
    ? await withFreeQueues(walk.walks, places, { ...walk.holder, own: source.queue.name }, look)
    : await look(places);
  return { ...replayed, stamp, watched };
}

/** Where letters that fail again turn up: what EventBridge could not deliver is, from now on, a subscriber's. */
export function whereTheyFailAgain(letters: StageLetters, source: Source): Source[] {
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
export function hasMetNothing({ counts, brokenOff }: Replayed): boolean {
  const met = counts.moved + counts.notSent + counts.cannotSucceed + counts.noDestination;
  return brokenOff === undefined && met === 0;
}
