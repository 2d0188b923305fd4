import { createKeptLetters } from '@cloudnestle/operations/letters/kept-letters';
import {
  type Restored,
  restoreLetters,
  sayRepeats,
} from '@cloudnestle/operations/letters/restore-letters';
import * as z from 'zod';
import type { TaskOf } from '../../jobs/tasks.ts';
import type { Work } from '../run.ts';
import { walkQueue } from './walk-queue.ts';

/**
 * Sends discarded letters back into their dead-letter queue. Which letters a run is about to send is written down first: of these,
 * a run that takes over counts those that are not kept any more, for they were sent.
 */
export const runRestore: Work<TaskOf<'restore'>> = (run, { queue, ofJob, messageId }) =>
  walkQueue(run, queue, async (signal) => {
    const { desk, job } = run;
    const kept = createKeptLetters(desk.operations, desk.platform.now);
    const { begun } = positionSchema.parse(job.position ?? {});
    const before: Restored = { ...nothing, ...job.counts };
    for (const each of begun) if (!(await kept.has(each))) before.restored += 1;
    const add = (more: Restored): Restored => ({
      restored: before.restored + more.restored,
      sentAgain: before.sentAgain + more.sentAgain,
      notSent: more.notSent,
      gone: before.gone + more.gone,
    });
    let now = nothing;
    const progress = () => ({ done: add(now).restored, counts: { ...add(now) } });
    await run.save({ phase: 'sending letters back', ...progress(), position: { begun: [] } });
    const { isWhole, ...became } = await restoreLetters(desk.sources.letters.find(queue), {
      ...{ kept, signal, messageId, discard: ofJob },
      restore: run.runId,
      begin: (letters) =>
        run.save({
          ...progress(),
          position: {
            begun: letters.map(({ jobId, messageId: id }) => ({ jobId, messageId: id })),
          },
        }),
      onProgress: (restored) => {
        now = restored;
        run.tell(progress());
      },
    });
    now = became;
    const said = [
      ...(add(now).restored === 0 && isWhole
        ? ['Nothing was kept any more: restored before, or its 14 days are over.']
        : []),
      ...sayRepeats(add(now)),
    ];
    await run.save({ ...progress(), position: { begun: [] }, said });
    return isWhole ? { kind: 'done' } : { kind: 'stopped' };
  });

const nothing: Restored = { restored: 0, sentAgain: 0, notSent: 0, gone: 0 };

const positionSchema = z.object({
  begun: z.array(z.object({ jobId: z.string(), messageId: z.string() })).default([]),
});
