import { printable } from '@cloudnestle/dev/terminal/printable';
import { formatTable } from '../../../output/format-table.ts';
import { describeHidden, formatCount } from '../describe-counts.ts';
import { describeAge, readMoment } from '../describe-moments.ts';
import type { QueueState } from './look-at-queues.ts';

/** As much of a reason as fits beside the counts. */
const REASON_LENGTH = 80;

/** The queues as a table, a subscriber's dead letters below its queue. */
export function formatQueues(
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
  if (seen > 0) return '`payments dlq triage` says what is wrong and what to run.';
  const hidden = deadLetters.reduce((sum, { inFlight }) => sum + inFlight, 0);
  return hidden > 0 ? describeHidden(hidden) : 'No dead letters.';
}

function describeOldest({ oldestEventAt, seen = 0, isCut = false }: QueueState, now: Date): string {
  const oldest = readMoment(oldestEventAt);
  const age = oldest ? describeAge(now.getTime() - oldest.getTime()) : '';
  return isCut ? `${age || 'unknown'} (oldest of ${formatCount(seen)} seen)` : age;
}
