import { withWalk } from '@cloudnestle/operations/letters/walks';
import type { Run, RunResult } from '../run.ts';

/** Goes through the one queue of a job, which no other operator goes through meanwhile. */
export async function walkQueue(
  { desk, job, signal }: Run,
  queue: string,
  walk: (signal: AbortSignal) => Promise<RunResult>,
): Promise<RunResult> {
  const holder = { holder: job.jobId, by: job.by };
  const walked = await withWalk(desk.walks, queue, holder, (lost) =>
    walk(AbortSignal.any([signal, lost])),
  );
  if (walked.kind === 'walked') return walked.result;
  const { by, since } = walked.walker;
  return {
    kind: 'brokenOff',
    why: `${by} goes through the dead letters of ${queue} since ${since}`,
  };
}
