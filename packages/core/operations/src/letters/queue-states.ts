import { waitForAll } from '@cloudnestle/runtime/wait-for-all';
import { readMoment } from '../row.ts';
import { maskText } from '../words/mask.ts';
import type { LetterSource } from './go-through-letters.ts';
import type { Letter } from './letter.ts';
import { failedAt } from './letter-filter.ts';
import { lookAtLetters } from './look-at-letters.ts';
import { countMessages } from './stage-queues.ts';

/** Letters of one queue that are looked at. */
const LOOKS_AT = 1000;

/** A queue of the stage. Live queues have counts only. */
export interface QueueState {
  queue: string;
  kind: 'live' | 'dead letters';
  waiting: number;
  inFlight: number;
  /** Letters that were looked at: what follows is about these. */
  seen?: number;
  /** There are more than were looked at. */
  isCut?: boolean;
  /** ISO; from when the event occurred. */
  oldestEventAt?: string | undefined;
  lastFailedAt?: string | undefined;
  lastReason?: string | undefined;
}

/** Every live queue and every dead-letter queue, side by side; of each of the latter some letters are looked at. */
export async function lookAtQueues(
  sources: readonly LetterSource[],
  signal: AbortSignal,
): Promise<QueueState[]> {
  const states = sources.map(async (source) => [
    ...(await countLive(source)),
    await lookAt(source, signal),
  ]);
  return (await waitForAll(states)).flat();
}

async function countLive({ sqs, queue }: LetterSource): Promise<QueueState[]> {
  if (queue.liveUrl === undefined) return [];
  return [{ queue: queue.name, kind: 'live', ...(await countMessages(sqs, queue.liveUrl)) }];
}

async function lookAt(source: LetterSource, signal: AbortSignal): Promise<QueueState> {
  let oldest: Date | undefined;
  let last: { at: Date; reason: string } | undefined;
  const note = (letter: Letter) => {
    const occurredAt = readMoment(letter.event.occurredAt);
    if (occurredAt && (!oldest || occurredAt < oldest)) oldest = occurredAt;
    const at = failedAt(letter);
    if (!last || at > last.at) last = { at, reason: letter.failure.reason };
  };
  const looked = await lookAtLetters(source, note, { signal, most: LOOKS_AT });
  return {
    queue: source.queue.name,
    kind: 'dead letters',
    waiting: looked.waiting,
    inFlight: looked.hidden,
    seen: looked.seen,
    isCut: looked.isCut,
    oldestEventAt: oldest?.toISOString(),
    lastFailedAt: last?.at.toISOString(),
    lastReason: last && maskText(last.reason),
  };
}
