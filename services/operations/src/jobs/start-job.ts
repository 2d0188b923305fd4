import { OperatorError } from '@cloudnestle/operations/operator-error';
import { HttpError } from '@cloudnestle/runtime/http/errors';
import type { HttpAnswer } from '@cloudnestle/runtime/http/handler';
import { answerAccepted, type Call } from '../api/call.ts';
import { requireConsent } from '../api/consent.ts';
import { describeJob } from './describe-job.ts';
import { describeTarget, type Task } from './tasks.ts';

interface JobAbout {
  /** The action's name: `dlq replay`. */
  what: string;
  queue?: string;
  transactionId?: string;
}

/** Until the worker takes the job up, its queue is kept for it. */
const WAIT_MS = 5 * 60_000;

/**
 * Starts a job: its queue is taken, so that a second operator is told at once who has it; the action is written down, then the
 * job, and the worker is woken. 202 with the job.
 */
export async function answerJob(
  call: Call,
  task: Task,
  consent: { reason: string; stage?: string | undefined },
  about: JobAbout,
): Promise<HttpAnswer> {
  const { desk, operator } = call;
  requireConsent(desk, consent);
  const { queue, transactionId } = about;
  const [jobId, actionId] = [desk.platform.newId(), desk.platform.newId()];
  const holder = { holder: jobId, by: operator.name };
  if (queue !== undefined) {
    const taken = await desk.walks.take(queue, holder, WAIT_MS);
    if (taken.kind === 'busy') throw queueBusy(queue, taken.walker);
  }
  const who = { by: operator.name, subject: operator.subject };
  try {
    await desk.actions.write({
      ...{ actionId, jobId, ...who, what: about.what, why: consent.reason },
      actor: 'console',
      outcome: 'BEGUN',
      target: describeTarget(task),
      ...(queue === undefined ? {} : { queue }),
      ...(transactionId === undefined ? {} : { transactionId }),
    });
    const job = await desk.jobs.create({
      ...{ jobId, task, ...who, reason: consent.reason, transactionId, queue, actionId },
    });
    await desk.wakeWorker(jobId);
    return answerAccepted(
      call,
      { job: describeJob(job, desk.platform.now()) },
      transactionId ? { transactionId } : {},
    );
  } catch (error) {
    const job = await desk.jobs.cancel(jobId);
    // The message came through, and its answer did not: the worker has the job, stops it, and ends what belongs to it.
    if (job && job.state !== 'CANCELLED') throw error;
    if (queue !== undefined) await desk.walks.release(queue, holder);
    await desk.actions.end(actionId, 'FAILED');
    throw error;
  }
}

/** The second operator is told who goes through the queue. */
export function queueBusy(queue: string, { by, since }: { by: string; since: string }): HttpError {
  const words = `${by} goes through the dead letters of ${queue} since ${since}. One walk at a time.`;
  return new HttpError(409, 'QUEUE_BUSY', words, { reason: 'another walk' });
}

/** A walk that an operator asked for and that was stopped by the clock. */
export function isInterrupted(error: unknown): boolean {
  return error instanceof OperatorError && error.isInterrupted;
}
