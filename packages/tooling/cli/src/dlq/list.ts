import { printable } from '@cloudnestle/contracts/printable';
import type { LetterSource } from '@cloudnestle/operations/letters/go-through-letters';
import type { Letter } from '@cloudnestle/operations/letters/letter';
import { failedAt } from '@cloudnestle/operations/letters/letter-filter';
import { lookAtLetters } from '@cloudnestle/operations/letters/look-at-letters';
import { countMessages } from '@cloudnestle/operations/letters/stage-queues';
import { maskText } from '@cloudnestle/operations/words/mask';
import { PROGRAM } from '@cloudnestle/operations/words/program-name';
import { waitForAll } from '@cloudnestle/runtime/wait-for-all';
import { readEnvironment } from '../environment/read-environment.ts';
import { untilInterrupted } from '../operator/until-interrupted.ts';
import { formatTable } from '../output/format-table.ts';
import { print } from '../output/print.ts';
import { openLetters } from './stage-letters.ts';
import { describeAge, describeHidden, formatCount, readMoment } from './words.ts';

export interface ListOptions {
  json?: boolean;
}

/** Counts, looks, gives back, prints. */
export async function runList({ json = false }: ListOptions): Promise<void> {
  const stage = await readEnvironment();
  const queues = await lookAtQueues(openLetters(stage).sources, untilInterrupted());
  print(json ? { stage: stage.stage, queues } : formatQueues(stage.stage, queues));
}

/** Letters of one queue that a list looks at. */
const LIST_LOOKS_AT = 1000;

/** A queue of the stage. Live queues have counts only. */
interface QueueState {
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

/** Every live queue and every dead-letter queue, side by side. */
async function lookAtQueues(
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
  const looked = await lookAtLetters(source, note, { signal, most: LIST_LOOKS_AT });
  return {
    queue: source.queue.name,
    kind: 'dead letters',
    waiting: looked.waiting,
    inFlight: looked.hidden,
    seen: looked.seen,
    isCut: looked.isCut,
    ...describe(oldest, last),
  };
}

function describe(
  oldest: Date | undefined,
  last: { at: Date; reason: string } | undefined,
): Pick<QueueState, 'oldestEventAt' | 'lastFailedAt' | 'lastReason'> {
  return {
    oldestEventAt: oldest?.toISOString(),
    lastFailedAt: last?.at.toISOString(),
    lastReason: last && maskText(last.reason),
  };
}

/** As much of a reason as fits beside the counts. */
const REASON_LENGTH = 80;

/** The queues as a table, a subscriber's dead letters below its queue. */
function formatQueues(
  stage: string,
  queues: readonly QueueState[],
  now: Date = new Date(),
): string {
  const table = formatTable(
    [stage, 'waiting', 'in flight', 'oldest event', 'last reason'],
    queues.map((queue) => [
      queue.kind === 'live' ? queue.queue : `${queue.queue} ${queue.kind}`,
      formatCount(queue.waiting),
      formatCount(queue.inFlight),
      describeOldest(queue, now),
      printable(queue.lastReason ?? '', REASON_LENGTH),
    ]),
  );
  return `${table}\n${describeNext(queues.filter(({ kind }) => kind === 'dead letters'))}`;
}

function describeNext(deadLetters: readonly QueueState[]): string {
  const seen = deadLetters.reduce((sum, queue) => sum + (queue.seen ?? 0), 0);
  if (seen > 0) return `\`${PROGRAM} dlq triage\` says what is wrong and what to run.`;
  const hidden = deadLetters.reduce((sum, { inFlight }) => sum + inFlight, 0);
  return hidden > 0 ? describeHidden(hidden) : 'No dead letters.';
}

function describeOldest({ oldestEventAt, seen = 0, isCut = false }: QueueState, now: Date): string {
  const oldest = readMoment(oldestEventAt);
  const age = oldest ? describeAge(now.getTime() - oldest.getTime()) : '';
  return isCut ? `${age || 'unknown'} (oldest of ${formatCount(seen)} seen)` : age;
}
