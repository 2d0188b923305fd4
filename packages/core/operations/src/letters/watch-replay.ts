import { setTimeout as sleep } from 'node:timers/promises';
import { waitForAll } from '@cloudnestle/runtime/wait-for-all';
import type { LetterSource } from './go-through-letters.ts';
import type { Letter } from './letter.ts';
import { lookAtLetters } from './look-at-letters.ts';
import type { ReplayStamp } from './send-and-delete.ts';
import { countMessages } from './stage-queues.ts';

export const LOOK_EVERY_MS = 1000;
/** SQS counts approximately: one look at an empty queue says little. */
const EMPTY_LOOKS = 2;

export interface Watched {
  /** Letters of the replay that are dead again, by their reason. */
  failedAgain: Readonly<Record<string, number>>;
  /** Messages of the queues that wait or are being worked on; not only those of the replay. */
  stillAtWork: number;
}

/**
 * Waits until the queues that letters were replayed to are empty, at most so long, and says which of the letters are dead
 * again.
 */
export async function watchReplay(
  sources: readonly LetterSource[],
  stamp: ReplayStamp,
  {
    seconds,
    signal,
    lookEveryMs = LOOK_EVERY_MS,
  }: { seconds: number; signal: AbortSignal; lookEveryMs?: number },
): Promise<Watched> {
  const until = Date.now() + seconds * 1000;
  let stillAtWork = 0;
  for (let empty = 0; empty < EMPTY_LOOKS && !signal.aborted; ) {
    stillAtWork = await countAtWork(sources);
    empty = stillAtWork === 0 ? empty + 1 : 0;
    if (Date.now() + lookEveryMs > until) break;
    await sleep(lookEveryMs, undefined, { signal }).catch(() => undefined);
  }
  const failedAgain = new Map<string, number>();
  const note = ({ replay, failure }: Letter) => {
    if (replay.replayedAt !== stamp.replayedAt || replay.replayedBy !== stamp.replayedBy) return;
    failedAgain.set(failure.reason, (failedAgain.get(failure.reason) ?? 0) + 1);
  };
  await waitForAll(sources.map((source) => lookAtLetters(source, note, { signal })));
  return { failedAgain: Object.fromEntries(failedAgain), stillAtWork };
}

async function countAtWork(sources: readonly LetterSource[]): Promise<number> {
  const counts = await Promise.all(
    sources.map(async ({ sqs, queue }) => {
      if (queue.liveUrl === undefined) return 0;
      const { waiting, inFlight } = await countMessages(sqs, queue.liveUrl);
      return waiting + inFlight;
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}
