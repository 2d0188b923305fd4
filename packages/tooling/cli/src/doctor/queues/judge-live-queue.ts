import { maxReceiveCount, queueRetentionDays } from '@cloudnestle/topology/bus';
import type { Subscription } from '@cloudnestle/topology/types';
import { judge, type Verdict } from '../check.ts';
import { plural } from '../plural.ts';
import { isQueue, type KnownQueue, nameApart } from './known-queue.ts';
import { findMissing, findWrongRetention } from './problems.ts';
import { countAll, type QueueFacts } from './read-queue.ts';

/** Whether a subscriber's queue is as its subscription says, `deadLetter` being its own dead-letter queue. */
export function judgeLiveQueue(
  facts: QueueFacts | undefined,
  subscription: Pick<Subscription, 'visibilityTimeoutSeconds'>,
  deadLetter: KnownQueue,
): Verdict {
  if (!facts) return findMissing();
  const problems = [
    ...findWrongRedrive(facts, deadLetter),
    ...findShortVisibility(facts, subscription.visibilityTimeoutSeconds),
    ...findWrongRetention(facts, queueRetentionDays),
  ];
  return judge(problems, plural(countAll(facts), 'message'));
}

function findWrongRedrive({ RedrivePolicy: policy }: QueueFacts, own: KnownQueue): string[] {
  if (!policy) return [`has no redrive policy; should lead to ${own.name}`];
  const { deadLetterTargetArn: arn, maxReceiveCount: receives } = policy;
  return [
    ...(isQueue(arn, own)
      ? []
      : [`its redrive policy leads to ${nameApart(arn, own)}; should be ${own.name}`]),
    ...(receives === maxReceiveCount
      ? []
      : [`gives a message up after ${receives} receives; should be ${maxReceiveCount}`]),
  ];
}

/** Longer is slower after a crash and harms nothing; shorter delivers a message while somebody still works on it. */
function findShortVisibility({ VisibilityTimeout: seconds }: QueueFacts, least: number): string[] {
  return seconds < least ? [`its visibility timeout is ${seconds} s; should be ${least} s`] : [];
}
