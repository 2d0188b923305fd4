import {
  jobResultSchema,
  jobResultsQuerySchema,
  jobsQuerySchema,
} from '@cloudnestle/contracts/admin/jobs';
import type { JobItem } from '@cloudnestle/contracts/items/operation';
import { invalidRequest } from '@cloudnestle/runtime/http/errors';
import {
  type Answer,
  answerOk,
  answerTagged,
  type Call,
  notFound,
  readPath,
  readQuery,
} from '../api/call.ts';
import { describeJob } from './describe-job.ts';
import { isOver } from './job-rows.ts';

/** `GET jobs`: the latest first. */
export const answerJobs: Answer = async (call) => {
  const { cursor } = readQuery(call, jobsQuerySchema);
  const { entries, nextCursor } = await call.desk.jobs.list(cursor);
  const now = call.desk.platform.now();
  return answerTagged(call, { jobs: entries.map((job) => describeJob(job, now)), nextCursor });
};

/** `GET jobs/{jobId}`. */
export const answerOneJob: Answer = async (call) =>
  answerTagged(call, { job: describeJob(await findJob(call), call.desk.platform.now()) });

/** `GET jobs/{jobId}/results`: what a reconciliation or a bulk refund has to say of single orders. */
export const answerJobResults: Answer = async (call) => {
  const job = await findJob(call);
  const { cursor = '0' } = readQuery(call, jobResultsQuerySchema);
  const number = Number(cursor);
  if (!Number.isSafeInteger(number) || number < 0) {
    throw invalidRequest([{ field: 'cursor', message: 'must be the nextCursor of an answer' }]);
  }
  const page = await call.desk.pages.read(
    { pk: job.pk, prefix: 'RESULT', number },
    jobResultSchema,
  );
  const hasMore = number + 1 < Number(job.position?.pages ?? 0);
  return answerOk(call, {
    results: page ?? [],
    ...(hasMore ? { nextCursor: String(number + 1) } : {}),
  });
};

/** `POST jobs/{jobId}/cancel`: it stops at the next safe point; nothing that was done is undone. */
export const answerCancelJob: Answer = async (call) => {
  const { desk, operator } = call;
  const known = await findJob(call);
  const answer = (job: JobItem) => answerOk(call, { job: describeJob(job, desk.platform.now()) });
  if (isOver(known)) return answer(known);
  await desk.actions.write({
    actionId: desk.platform.newId(),
    actor: 'console',
    by: operator.name,
    subject: operator.subject,
    what: 'job cancel',
    outcome: 'DONE',
    jobId: known.jobId,
    target: { kind: known.kind },
    ...(known.queue === undefined ? {} : { queue: known.queue }),
    ...(known.transactionId === undefined ? {} : { transactionId: known.transactionId }),
  });
  const job = (await desk.jobs.cancel(known.jobId)) ?? known;
  if (job.state === 'CANCELLED') {
    // No worker has it, so none gives its queue back.
    if (job.startedAt === undefined) await desk.actions.end(job.actionId, 'REFUSED');
    else await desk.actions.end(job.actionId, 'DONE', job.counts);
    if (job.queue) await desk.walks.release(job.queue, { holder: job.jobId, by: job.by });
  }
  return answer(job);
};

async function findJob(call: Call): Promise<JobItem> {
  const job = await call.desk.jobs.find(readPath(call, 'jobId'));
  if (!job || job.kind === 'look') throw notFound('No such job, or its time is over.');
  return job;
}
