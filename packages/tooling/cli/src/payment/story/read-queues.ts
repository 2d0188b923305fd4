import { goThroughLetters, type LetterSource } from '../../letters/go-through-letters.ts';
import type { Letter } from '../../letters/letter.ts';
import { matchesFilter } from '../../letters/letter-filter.ts';
import type { StageLetters } from '../../letters/stage-letters.ts';
import { countMessages, type MessageCounts } from '../../queues/count-messages.ts';
import { type Part, readPart } from './part.ts';

/** What waits or has failed, in every queue. */
export interface Queues {
  dead: { queue: string; found: Part<DeadLetters> }[];
  /** Live queues are counted and never received from: that would spend delivery attempts. */
  live: { queue: string; counts: Part<MessageCounts> }[];
}

/** Dead letters of one order in one queue. */
export interface DeadLetters {
  letters: Letter[];
  /** Letters that somebody else seems to have held meanwhile: they may be of this order. */
  heldByOthers: number;
}

/** Longer than a walk takes between two looks at one letter; whoever is killed leaves letters hidden for so long. */
const VISIBILITY_SECONDS = 60;

/** Looks through every dead-letter queue for an order's letters, side by side, and gives all letters back. */
export async function readQueues(
  { sources }: StageLetters,
  transactionId: string,
  signal: AbortSignal,
): Promise<Queues> {
  const [dead, live] = await Promise.all([
    Promise.all(
      sources.map(async (source) => ({
        queue: source.queue.name,
        found: await readPart(() => readLetters(source, transactionId, signal)),
      })),
    ),
    Promise.all(
      sources.flatMap(({ sqs, queue: { name, liveUrl } }) =>
        liveUrl === undefined ? [] : [countLive(name, () => countMessages(sqs, liveUrl))],
      ),
    ),
  ]);
  return { dead, live };
}

async function readLetters(
  source: LetterSource,
  transactionId: string,
  signal: AbortSignal,
): Promise<DeadLetters> {
  const { waiting, inFlight } = await countMessages(source.sqs, source.queue.deadLetterUrl);
  const letters = new Map<string, Letter>();
  let seen = 0;
  const look = async (batch: Letter[]) => {
    seen += batch.length;
    for (const letter of batch) {
      if (matchesFilter(letter, { order: transactionId })) letters.set(letter.messageId, letter);
    }
    return batch;
  };
  await goThroughLetters(source, look, { signal, visibilitySeconds: VISIBILITY_SECONDS });
  // Counts lag: what looks held may be what an earlier look of ours gave back, and then it was seen.
  const unseen = Math.max(waiting + inFlight - seen, 0);
  return { letters: [...letters.values()], heldByOthers: Math.min(inFlight, unseen) };
}

async function countLive(queue: string, count: () => Promise<MessageCounts>) {
  return { queue, counts: await readPart(count) };
}
