import { type JobResult, jobResultSchema } from '@cloudnestle/contracts/admin/jobs';
import type { Run } from '../run.ts';

/** Results on a page. */
export const RESULTS_ON_PAGE = 200;

/**
 * What a job finds of single orders, page by page; a page is written anew by the run that repeats it. `position.pages` says how
 * many there are.
 */
export async function writeResults(
  { desk, job }: Run,
  from: number,
  results: readonly JobResult[],
): Promise<number> {
  let number = from;
  for (let at = 0; at < results.length; at += RESULTS_ON_PAGE, number += 1) {
    await desk.pages.write({
      pk: job.pk,
      prefix: 'RESULT',
      number,
      entries: results.slice(at, at + RESULTS_ON_PAGE),
      expiresAtSeconds: job.expiresAtSeconds,
    });
  }
  return number;
}

/** The results that an earlier run has written down and counted. */
export async function readResults({ desk, job }: Run, pages: number): Promise<JobResult[]> {
  const found: JobResult[] = [];
  for (let number = 0; number < pages; number += 1) {
    const page = await desk.pages.read({ pk: job.pk, prefix: 'RESULT', number }, jobResultSchema);
    found.push(...(page ?? []));
  }
  return found.slice(0, job.results);
}
