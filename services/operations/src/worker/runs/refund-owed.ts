import type { JobResult } from '@cloudnestle/contracts/admin/jobs';
import { listChargedTwice, readOwed, refundOwed } from '@cloudnestle/operations/refunds/owed';
import { maskText } from '@cloudnestle/operations/words/mask';
import { describeError } from '@cloudnestle/runtime/errors';
import { line } from '../../jobs/command-of.ts';
import type { TaskOf } from '../../jobs/tasks.ts';
import type { Run, Work } from '../run.ts';
import { writeResults } from './results.ts';

/** Gives back what buyers have paid twice, one order after the other. The same wish is the same refund, however often it is asked for. */
export const runRefundOwed: Work<TaskOf<'refundOwed'>> = async (run, { transactionIds, max }) => {
  const { desk, signal } = run;
  const listed = await listChargedTwice(desk.sources.books.listAttention);
  const wanted = new Set(transactionIds ?? listed.map(({ transactionId }) => transactionId));
  const meant = listed.filter(({ transactionId }) => wanted.has(transactionId));
  const counts = { requested: 0, refused: 0, inPaisa: 0, errors: 0 };
  const results: JobResult[] = [];
  await run.save({
    phase: 'asking for refunds',
    expected: Math.min(meant.length, max ?? meant.length),
  });
  for (const { transactionId } of meant) {
    if (signal.aborted || counts.requested >= (max ?? Number.POSITIVE_INFINITY)) break;
    const result = await refundOne(run, transactionId, counts);
    results.push({
      transactionId,
      discrepancies: ['CHARGED_TWICE'],
      command: line('payment', transactionId),
      ...result,
    });
    run.tell({ done: results.length, counts: { ...counts } });
  }
  const pages = await writeResults(run, 0, results);
  await run.save({ counts, done: results.length, results: results.length, position: { pages } });
  return signal.aborted ? { kind: 'stopped' } : { kind: 'done' };
};

async function refundOne(
  { desk, job }: Run,
  transactionId: string,
  counts: { requested: number; refused: number; inPaisa: number; errors: number },
): Promise<Partial<JobResult>> {
  try {
    const owed = await readOwed(desk.refundDesk, transactionId);
    if (!owed) return { done: 'nothing is owed any more' };
    if (owed.obstacle !== undefined) {
      counts.refused += 1;
      return { error: maskText(owed.obstacle) };
    }
    const asked = await refundOwed(desk.refundDesk, owed, {
      requester: { by: job.subject, origin: 'OPERATOR' },
      trigger: { producer: 'operations', causationId: job.jobId },
    });
    if (asked.kind !== 'refund' || asked.refund.refusal !== undefined) {
      counts.refused += 1;
      const why = asked.kind === 'refund' ? asked.refund.refusal?.words : asked.kind;
      return { error: maskText(why ?? 'refused') };
    }
    counts.requested += 1;
    counts.inPaisa += asked.refund.amountInPaisa ?? 0;
    return {
      amountInPaisa: asked.refund.amountInPaisa,
      done: `refund ${asked.refund.refundId} ${asked.refund.state}`,
    };
  } catch (error) {
    counts.errors += 1;
    return { error: maskText(describeError(error)) };
  }
}
