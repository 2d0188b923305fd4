import { deadLetterRetentionDays, maxReceiveCount, queueRetentionDays } from '../bus.ts';
import { isQueue, type KnownQueue, nameApart, nameIn, type Problem } from './problem.ts';

/** A queue as it was found, in SQS or in what a deployment would create. */
export interface SeenQueue {
  /** Undefined: none was set. */
  visibilityTimeoutSeconds: number | undefined;
  retentionSeconds: number | undefined;
  redrive: { deadLetterArn: string; maxReceiveCount: number } | undefined;
}

/** What a subscriber's queue should be. */
export interface WantedQueue {
  /** Longer is slower after a crash and harms nothing; shorter delivers a message while its subscriber still works on it. */
  leastVisibilitySeconds: number;
  /** Its own dead-letter queue. */
  deadLetter: KnownQueue;
}

type QueueProblem = Problem<'redrive' | 'visibility' | 'retention'>;

/** What is wrong with a subscriber's queue (rule 5); empty where nothing is. */
export function judgeLiveQueue(seen: SeenQueue, wanted: WantedQueue): QueueProblem[] {
  return [
    ...findWrongRedrive(seen, wanted.deadLetter),
    ...findShortVisibility(seen, wanted.leastVisibilitySeconds),
    ...findWrongRetention(seen, queueRetentionDays),
  ];
}

/** What is wrong with a dead-letter queue: whether it keeps what it gets. Letters in it are not its fault. */
export function judgeDeadLetterQueue(seen: SeenQueue): QueueProblem[] {
  return [...findRedrive(seen), ...findWrongRetention(seen, deadLetterRetentionDays)];
}

function findWrongRedrive({ redrive }: SeenQueue, own: KnownQueue): QueueProblem[] {
  const say = (words: string): QueueProblem => ({ fact: 'redrive', words });
  if (!redrive) return [say(`has no redrive policy; should lead to ${own.name}`)];
  const { deadLetterArn: arn, maxReceiveCount: receives } = redrive;
  return [
    ...(isQueue(arn, own)
      ? []
      : [say(`its redrive policy leads to ${nameApart(arn, own)}; should be ${own.name}`)]),
    ...(receives === maxReceiveCount
      ? []
      : [say(`gives a message up after ${receives} receives; should be ${maxReceiveCount}`)]),
  ];
}

function findShortVisibility(seen: SeenQueue, least: number): QueueProblem[] {
  const seconds = seen.visibilityTimeoutSeconds;
  if (seconds !== undefined && seconds >= least) return [];
  const is = seconds === undefined ? 'not set' : `${seconds} s`;
  return [{ fact: 'visibility', words: `its visibility timeout is ${is}; should be ${least} s` }];
}

function findRedrive({ redrive }: SeenQueue): QueueProblem[] {
  if (!redrive) return [];
  const to = nameIn(redrive.deadLetterArn);
  return [
    {
      fact: 'redrive',
      words: `has a redrive policy of its own, to ${to}: letters vanish from here; should have none`,
    },
  ];
}

const DAY_SECONDS = 86_400;

function findWrongRetention({ retentionSeconds }: SeenQueue, days: number): QueueProblem[] {
  const wanted = days * DAY_SECONDS;
  if (retentionSeconds === wanted) return [];
  const words = `keeps messages ${describeSpan(retentionSeconds)}; should be ${describeSpan(wanted)}`;
  return [{ fact: 'retention', words }];
}

function describeSpan(seconds: number | undefined): string {
  if (seconds === undefined) return 'for a time that is not set';
  const days = seconds / DAY_SECONDS;
  if (!Number.isInteger(days)) return `${seconds} s`;
  return days === 1 ? '1 day' : `${days} days`;
}
