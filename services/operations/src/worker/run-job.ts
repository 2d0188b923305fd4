import { clearInterval, clearTimeout, setInterval, setTimeout } from 'node:timers';
import type { JobItem } from '@cloudnestle/contracts/items/operation';
import { maskText } from '@cloudnestle/operations/words/mask';
import { timeLimitMs } from '@cloudnestle/payments/time-limits';
import { describeError } from '@cloudnestle/runtime/errors';
import type { Desk } from '../desk/connect-desk.ts';
import type { JobEnd, JobProgress } from '../jobs/job-rows.ts';
import { readTask, type Task } from '../jobs/tasks.ts';
import { failLook } from '../letters/looks.ts';
import type { Run, RunResult } from './run.ts';
import { runTask } from './run-task.ts';

/** What became of one message of the job queue. */
export type JobOutcome =
  | { kind: 'ended'; job: JobItem }
  /** Time was over: another message goes on with it. */
  | { kind: 'again'; job: JobItem }
  /** Another run has it: it is asked for again later, in case that run is dead. */
  | { kind: 'held' }
  | { kind: 'skipped'; why: 'over' | 'unknown' };

export interface RunOptions {
  runId: string;
  /** For how long it may run. */
  timeoutMs: number;
  /** Deliveries of its message so far: a job that fails again and again is broken off. */
  attempt: number;
  /** How often progress is written, and a cancellation heard. */
  saveEveryMs?: number;
}

/** A run that writes nothing for so long is dead. */
export const LEASE_MS = 90_000;
const SAVE_EVERY_MS = 1000;
const MOST_ATTEMPTS = 5;
/** While another run has the job. */
const ASK_AGAIN_SECONDS = 120;

/** Takes a job up, does what is left of it, and says how it ended. Throws where it is to be tried again. */
export async function runJob(desk: Desk, jobId: string, options: RunOptions): Promise<JobOutcome> {
  const { runId, attempt } = options;
  const claimed = await desk.jobs.claim(jobId, runId, timeLimitMs(LEASE_MS));
  if (claimed.kind === 'held') {
    await desk.wakeWorker(jobId, { delaySeconds: ASK_AGAIN_SECONDS });
    return { kind: 'held' };
  }
  if (claimed.kind !== 'claimed') return { kind: 'skipped', why: claimed.kind };
  const { job } = claimed;
  if ((job.runs ?? 0) > MOST_ATTEMPTS)
    return { kind: 'ended', job: await giveUp(desk, job, runId) };
  const progress = startProgress(desk, job, options);
  try {
    const task = readTask(job.task);
    if (job.state === 'CANCELLING') progress.stop('cancel');
    const result = await runTask(progress.run, task);
    return await endRun(desk, job, task, { result, progress, runId });
  } catch (error) {
    const why = describeError(error);
    const isHopeless = attempt >= MOST_ATTEMPTS;
    const end: JobEnd = isHopeless ? { kind: 'BROKEN_OFF', why } : { kind: 'again' };
    await progress.close();
    const ended = await finish(desk, job, end, progress.latest(), runId);
    if (isHopeless) return { kind: 'ended', job: ended };
    throw error;
  }
}

/** Its runs die without a word, killed or out of memory: another would as well. */
async function giveUp(desk: Desk, job: JobItem, runId: string): Promise<JobItem> {
  const why = `its run has died ${MOST_ATTEMPTS} times without saying why: the worker's log may`;
  const ended = await finish(desk, job, { kind: 'BROKEN_OFF', why }, {}, runId);
  if (job.queue) await desk.walks.release(job.queue, { holder: job.jobId, by: job.by });
  return ended;
}

async function endRun(
  desk: Desk,
  job: JobItem,
  task: Task,
  { result, progress, runId }: { result: RunResult; progress: Progress; runId: string },
): Promise<JobOutcome> {
  await progress.close();
  const why = progress.stoppedFor();
  if (why === 'lost') return { kind: 'held' };
  const end = toEnd(result, why);
  const ended = await finish(desk, job, end, progress.latest(), runId);
  if (end.kind !== 'again') return { kind: 'ended', job: ended };
  // Its queue is kept for the next run.
  if (job.queue && task.kind !== 'look') {
    await desk.walks.take(job.queue, { holder: job.jobId, by: job.by }, timeLimitMs(LEASE_MS));
  }
  await desk.wakeWorker(job.jobId);
  return { kind: 'again', job: ended };
}

function toEnd(result: RunResult, why: Stop | undefined): JobEnd {
  if (result.kind === 'done') return { kind: 'DONE' };
  if (result.kind === 'brokenOff') return { kind: 'BROKEN_OFF', why: result.why };
  return why === 'cancel' ? { kind: 'CANCELLED' } : { kind: 'again' };
}

/** The action first: a run that dies in between is taken up again, and ends both. */
async function finish(
  desk: Desk,
  job: JobItem,
  end: JobEnd,
  latest: JobProgress,
  runId: string,
): Promise<JobItem> {
  if (job.kind === 'look') {
    if (end.kind === 'BROKEN_OFF') await failLook(desk, job.jobId, maskText(end.why));
  } else if (end.kind !== 'again') {
    const counts = { ...job.counts, ...latest.counts };
    await desk.actions.end(job.actionId, end.kind === 'BROKEN_OFF' ? 'FAILED' : 'DONE', counts);
  }
  return (await desk.jobs.end(job.jobId, runId, end, latest)) ?? job;
}

/** Why a run is to stop. `lost`: another run has its job. */
type Stop = 'cancel' | 'deadline' | 'lost';

interface Progress {
  run: Run;
  stop(why: Stop): void;
  stoppedFor(): Stop | undefined;
  latest(): JobProgress;
  /** Writes no more by itself. */
  close(): Promise<void>;
}

/** Writes down how far the job is, at most once a second; each write renews the claim and hears of a cancellation. */
function startProgress(
  desk: Desk,
  job: JobItem,
  { runId, timeoutMs, saveEveryMs = SAVE_EVERY_MS }: RunOptions,
): Progress {
  const control = new AbortController();
  let stopped: Stop | undefined;
  let latest: JobProgress = {};
  let writing: Promise<void> = Promise.resolve();
  const stop = (why: Stop) => {
    stopped ??= why;
    control.abort();
  };
  const write = async () => {
    const row = await desk.jobs.save(job.jobId, runId, timeLimitMs(LEASE_MS), latest);
    if (!row) stop('lost');
    else if (row.state === 'CANCELLING') stop('cancel');
  };
  // One after the other: an earlier state must not come after a later one.
  const save = () => {
    const next = writing.then(write);
    writing = next.catch(() => undefined);
    return next;
  };
  let isSaving = false;
  const ticking = setInterval(() => {
    if (isSaving) return;
    isSaving = true;
    // What cannot be written now is written by the next tick; the lease outlasts many of them.
    save()
      .catch(() => undefined)
      .finally(() => {
        isSaving = false;
      });
  }, saveEveryMs);
  const deadline = setTimeout(() => stop('deadline'), timeoutMs);
  const tell = (more: JobProgress) => {
    latest = { ...latest, ...more };
  };
  return {
    run: {
      desk,
      job,
      runId,
      signal: control.signal,
      tell,
      save: async (more) => {
        tell(more);
        await save();
      },
    },
    stop,
    stoppedFor: () => stopped,
    latest: () => latest,
    close: async () => {
      clearInterval(ticking);
      clearTimeout(deadline);
      await writing;
    },
  };
}
