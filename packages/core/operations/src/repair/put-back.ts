import { type Replayed, replayLetters } from '../letters/replay-letters.ts';
import type { ReplayStamp } from '../letters/send-and-delete.ts';
import type { Sources } from '../story/sources.ts';
import { contentOf, type OrderStory } from '../story/story.ts';
import { goesBack } from '../verdict/judge-letters.ts';

/** What became of an order's dead letters. */
export interface PutBack {
  done: string[];
  moved: number;
}

/**
 * Puts those of an order's dead letters back into their queues that row and gateway confirm, with the trace that every
 * replay leaves. One by one: what came since they were judged is not meant.
 */
export async function putBack(
  { letters: { sources, liveUrls } }: Sources,
  story: OrderStory,
  { stamp, signal }: { stamp: ReplayStamp; signal: AbortSignal },
): Promise<PutBack> {
  const done: string[] = [];
  let moved = 0;
  for (const { queue, found } of story.queues.dead) {
    const source = sources.find((each) => each.queue.name === queue);
    const letters = contentOf(found)?.letters.filter((letter) => goesBack(story, letter)) ?? [];
    if (!source || letters.length === 0) continue;
    const counts = { moved: 0, left: 0, notDeleted: 0 };
    const ends = new Set<string>();
    for (const { messageId, event } of letters) {
      const filter = {
        id: messageId,
        order: story.order.row.transactionId,
        type: event.detailType,
        user: event.userId,
      };
      // One letter: once it is moved, there is nothing to wait for.
      const job = { filter, force: false, stamp, liveUrls, signal, max: 1 };
      const replayed = await replayLetters(source, job);
      add(counts, replayed);
      if (replayed.brokenOff !== undefined) ends.add(replayed.brokenOff);
    }
    moved += counts.moved;
    done.push(...describe(queue, counts), ...[...ends].map(describeEnd));
  }
  return { done, moved };
}

interface Counts {
  moved: number;
  left: number;
  notDeleted: number;
}

function add(sum: Counts, { counts }: Replayed): void {
  sum.moved += counts.moved;
  sum.left += counts.notSent + counts.cannotSucceed + counts.noDestination;
  sum.notDeleted += counts.notDeleted;
}

function describe(queue: string, { moved, left, notDeleted }: Counts): string[] {
  return [
    `Dead letters of ${queue} put back: ${moved}.`,
    ...(left > 0 ? [`Left there: ${left}.`] : []),
    ...(notDeleted > 0 ? [`Sent, and still there as well: ${notDeleted}.`] : []),
  ];
}

function describeEnd(why: string): string {
  return `Broken off: ${why}. The rest stays where it is.`;
}
