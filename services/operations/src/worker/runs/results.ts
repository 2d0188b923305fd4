import type { JobResult } from '@cloudnestle/contracts/admin/jobs';
import type { Run } from '../run.ts';

/** Results on a page. */
const PAGE = 200;

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
  for (let at = 0; at < results.length; at += PAGE, number += 1) {
    await desk.pages.write({
      pk: job.pk,
      prefix: 'RESULT',
      number,
      entries: results.slice(at, at + PAGE),
      expiresAtSeconds: job.expiresAtSeconds,
    });
  }
  return number;
}
