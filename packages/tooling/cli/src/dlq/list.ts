import { printable } from '@cloudnestle/contracts/printable';
import { lookAtQueues, type QueueState } from '@cloudnestle/operations/letters/queue-states';
import { readMoment } from '@cloudnestle/operations/row';
import { PROGRAM } from '@cloudnestle/operations/words/program-name';
import { readEnvironment } from '../environment/read-environment.ts';
import { untilInterrupted } from '../operator/until-interrupted.ts';
import { formatTable } from '../output/format-table.ts';
import { print } from '../output/print.ts';
import { openLetters } from './stage-letters.ts';
import { describeAge, describeHidden, formatCount } from './words.ts';

export interface ListOptions {
  json?: boolean;
}

/** Counts, looks, gives back, prints. */
export async function runList({ json = false }: ListOptions): Promise<void> {
  const stage = await readEnvironment();
  const queues = await lookAtQueues(openLetters(stage).sources, untilInterrupted());
  print(json ? { stage: stage.stage, queues } : formatQueues(stage.stage, queues));
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
