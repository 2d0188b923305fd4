import type { MakeChange } from '@cloudnestle/operations/actions/change';
import { OperatorError } from '@cloudnestle/operations/operator-error';
import { repairPayment } from '@cloudnestle/operations/repair/repair-payment';
import { resendMails } from '@cloudnestle/operations/repair/resend-mails';
import { maskText } from '@cloudnestle/operations/words/mask';
import type { TaskOf } from '../../jobs/tasks.ts';
import { collectWithLetters } from '../../payment/collect-with-letters.ts';
import type { Work } from '../run.ts';

const LOOK_EVERY_MS = 500;

/** Does what an order's verdict asks for, or sends its mails again, and says what came of it. */
export const runRepair: Work<TaskOf<'repair' | 'resendMail'>> = async (run, task) => {
  const { desk, job, signal } = run;
  let counts: Record<string, number> = {};
  // The action was written when the job was started, and ends with it.
  const makeChange: MakeChange = async (change, work) => {
    const result = await work(job.subject);
    counts = { ...change.counts };
    return result;
  };
  const pace = { lookEveryMs: LOOK_EVERY_MS, longestMs: desk.effectsMs };
  await run.save({ phase: 'looking at the order', expected: 1 });
  const holder = { holder: job.jobId, by: job.by };
  try {
    const { done } = await collectWithLetters(desk, task.transactionId, holder, {
      signal,
      work: async ({ story, sources }) => {
        run.tell({ phase: 'repairing, and waiting for the effects' });
        const repair = { sources, makeChange, pace, signal };
        return task.kind === 'repair' ? repairPayment(repair, story) : resendMails(repair, story);
      },
    });
    await run.save({ counts, done: 1, said: done.map(maskText) });
    return signal.aborted ? { kind: 'stopped' } : { kind: 'done' };
  } catch (error) {
    if (!(error instanceof OperatorError) || error.isInterrupted) throw error;
    return { kind: 'brokenOff', why: error.message };
  }
};
