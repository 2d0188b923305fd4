import { type Replayed, replayLetters } from '../../letters/replay-letters.ts';
import type { ReplayStamp } from '../../letters/send-letters.ts';
import type { Sources } from '../story/connect-sources.ts';
import { contentOf } from '../story/part.ts';
import type { Story } from '../story/story.ts';

/** What became of an order's dead letters. */
export interface PutBack {
  done: string[];
  moved: number;
}

/** Puts an order's dead letters back into their queues, with the trace that every replay leaves. */
export async function putBack(
  { letters }: Sources,
  { queues, order }: Story,
  { stamp, signal }: { stamp: ReplayStamp; signal: AbortSignal },
): Promise<PutBack> {
  const isConcerned = (name: string) =>
    queues.dead.some(({ queue, found }) => queue === name && contentOf(found)?.letters.length);
  const done: string[] = [];
  let moved = 0;
  for (const source of letters.sources.filter(({ queue }) => isConcerned(queue.name))) {
    const replayed = await replayLetters(source, {
      filter: { order: order.row.transactionId },
      force: false,
      stamp,
      liveUrls: letters.liveUrls,
      signal,
    });
    moved += replayed.counts.moved;
    done.push(...describe(source.queue.name, replayed));
  }
  return { done, moved };
}

function describe(queue: string, { counts, brokenOff }: Replayed): string[] {
  const { moved, notSent, notDeleted, cannotSucceed, noDestination } = counts;
  const left = notSent + cannotSucceed + noDestination;
  return [
    `Dead letters of ${queue} put back: ${moved}.`,
    ...(left > 0 ? [`Left there: ${left}.`] : []),
    ...(notDeleted > 0 ? [`Sent, and still there as well: ${notDeleted}.`] : []),
    ...(brokenOff === undefined ? [] : [`Broken off: ${brokenOff}. The rest stays where it is.`]),
  ];
}
