import type { Job, JobKind } from '@cloudnestle/contracts/admin/jobs';
import type { JobItem } from '@cloudnestle/contracts/items/operation';
import { maskText } from '@cloudnestle/operations/words/mask';
import { commandOf, runbookOf } from './command-of.ts';
import { isStalled } from './job-rows.ts';
import { describeTarget, readTask } from './tasks.ts';

/**
 * A job as it is shown to operators who look: addresses in its filters are masked. A command's filter by reason still means the same letters,
 * for `*` stands for anything.
 */
export function describeJob(job: JobItem, now: Date): Job {
  const task = readTask(job.task);
  const { jobId, state, by, updatedAt, startedAt, endedAt, transactionId, queue } = job;
  return {
    jobId,
    kind: toKind(job.kind),
    state,
    by,
    reason: maskText(job.reason),
    createdAt: job.at,
    startedAt,
    updatedAt,
    endedAt,
    ...(isStalled(job, now) ? { isStalled: true } : {}),
    target: Object.fromEntries(
      Object.entries(describeTarget(task)).map(([name, value]) => [
        name,
        typeof value === 'string' ? maskText(value) : value,
      ]),
    ),
    transactionId,
    queue,
    phase: job.phase,
    expected: job.expected,
    done: job.done,
    counts: job.counts,
    watched: job.watched,
    said: job.said.map(maskText),
    brokenOff: job.brokenOff === undefined ? undefined : maskText(job.brokenOff),
    results: job.results,
    command: maskText(commandOf(task)),
    runbook: runbookOf(task.kind),
  };
}

function toKind(kind: JobItem['kind']): JobKind {
  if (kind === 'look') throw new Error('a look is shown by its own route');
  return kind;
}
