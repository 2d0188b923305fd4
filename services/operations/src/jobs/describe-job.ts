import type { Job, JobKind } from '@cloudnestle/contracts/admin/jobs';
import type { JobItem } from '@cloudnestle/contracts/items/operation';
import { maskText } from '@cloudnestle/operations/words/mask';
import { commandOf, runbookOf } from './command-of.ts';
import { describeTarget, readTask } from './tasks.ts';

/** A job as it is shown. */
export function describeJob(job: JobItem): Job {
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
    target: describeTarget(task),
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
    command: commandOf(task),
    runbook: runbookOf(task.kind),
  };
}

function toKind(kind: JobItem['kind']): JobKind {
  if (kind === 'look') throw new Error('a look is shown by its own route');
  return kind;
}
