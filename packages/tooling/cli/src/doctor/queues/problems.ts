import { type Verdict, wrong } from '../check.ts';
import { plural } from '../plural.ts';
import type { QueueFacts } from './read-queue.ts';

const DAY_SECONDS = 86_400;

export function findMissing(): Verdict {
  return wrong('there is no such queue: deploy the stage again');
}

export function findWrongRetention(
  { MessageRetentionPeriod: seconds }: QueueFacts,
  days: number,
): string[] {
  if (seconds === days * DAY_SECONDS) return [];
  return [`keeps messages ${describeSpan(seconds)}; should be ${describeSpan(days * DAY_SECONDS)}`];
}

function describeSpan(seconds: number): string {
  const days = seconds / DAY_SECONDS;
  if (!Number.isInteger(days)) return `${seconds} s`;
  return plural(days, 'day');
}
