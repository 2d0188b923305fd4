import { deadLetterRetentionDays } from '@cloudnestle/topology/bus';
import { nameInUrl } from '../../queues/stage-queues.ts';
import { judge, type Verdict } from '../check.ts';
import { plural } from '../plural.ts';
import { findMissing, findWrongRetention } from './problems.ts';
import { countAll, type QueueFacts } from './read-queue.ts';

/** Whether a dead-letter queue keeps what it gets. Letters in it are not its fault. */
export function judgeDeadLetterQueue(facts: QueueFacts | undefined): Verdict {
  if (!facts) return findMissing();
  const problems = [...findRedrive(facts), ...findWrongRetention(facts, deadLetterRetentionDays)];
  return judge(problems, describeLetters(countAll(facts)));
}

function findRedrive({ RedrivePolicy: policy }: QueueFacts): string[] {
  if (!policy) return [];
  const to = nameInUrl(policy.deadLetterTargetArn);
  return [`has a redrive policy of its own, to ${to}: letters vanish from here; should have none`];
}

function describeLetters(count: number): string {
  const letters = plural(count, 'letter');
  return count === 0 ? letters : `${letters}: payments dlq triage`;
}
