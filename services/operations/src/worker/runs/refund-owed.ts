import type { JobResult } from '@cloudnestle/contracts/admin/jobs';
import { listChargedTwice, readOwed, refundOwed } from '@cloudnestle/operations/refunds/owed';
import { maskText } from '@cloudnestle/operations/words/mask';
import { describeError } from '@cloudnestle/runtime/errors';
import * as z from 'zod';
import { line } from '../../jobs/command-of.ts';
import type { TaskOf } from '../../jobs/tasks.ts';
import type { Run, Work } from '../run.ts';
import { RESULTS_ON_PAGE, readResults, writeResults } from './results.ts';

/**
 * Gives back what buyers have paid twice, one order after the other. The same wish is the same refund, however often it is asked for.
 * Each is written down before it is asked for: a run that takes over asks for it once more, and `max` holds for all runs together.
 */
export const runRefundOwed: Work<TaskOf<'refundOwed'>> = async (run, { transactionIds, max }) => {
  const { desk, job, signal } = run;
  const before = positionSchema.parse(job.position ?? {});
  const counts = { ...nothing, ...job.counts };
  const told = await readResults(run, before.pages);
  const keep = (asking?: Asking) => {
    const pages = Math.ceil(told.length / RESULTS_ON_PAGE);
    const position = { pages, ...(asking ? { asking } : {}) };
    return run.save({ counts: { ...counts }, done: told.length, results: told.length, position });
  };
  const tell = async (transactionId: string, result: Partial<JobResult>) => {
    const command = line('payment', transactionId);
    told.push({ transactionId, discrepancies: ['CHARGED_TWICE'], command, ...result });
    const page = Math.floor((told.length - 1) / RESULTS_ON_PAGE);
    await writeResults(run, page, told.slice(page * RESULTS_ON_PAGE));
    await keep();
  };
  const ask = async (asking: Asking) =>
    tell(asking.transactionId, await refundOne(run, asking, counts));

  if (before.asking) await ask(before.asking);
  const listed = await listChargedTwice(desk.sources.books.listAttention);
  const wanted = new Set(transactionIds ?? listed.map(({ transactionId }) => transactionId));
  const meant = listed.filter((each) => wanted.has(each.transactionId) && !told.some(isOf(each)));
  const left = () => (max ?? Number.POSITIVE_INFINITY) - counts.requested - counts.errors;
  const expected = told.length + Math.max(Math.min(meant.length, left()), 0);
  await run.save({ phase: 'asking for refunds', expected });
  for (const { transactionId } of meant) {
    if (signal.aborted || left() <= 0) break;
    const looked = await lookAtOwed(run, transactionId, counts);
    if (looked.kind === 'not') await tell(transactionId, looked.result);
    else {
      await keep(looked.asking);
      await ask(looked.asking);
    }
  }
  return signal.aborted ? { kind: 'stopped' } : { kind: 'done' };
};

const nothing = { requested: 0, refused: 0, inPaisa: 0, errors: 0 };
type Counts = typeof nothing;

/** A refund as it is about to be asked for. */
const askingSchema = z.object({
  transactionId: z.string(),
  refundInPaisa: z.int(),
  idempotencyKey: z.string(),
});
type Asking = z.infer<typeof askingSchema>;
const positionSchema = z.object({ pages: z.int().default(0), asking: askingSchema.optional() });

const isOf =
  ({ transactionId }: { transactionId: string }) =>
  (each: { transactionId: string }) =>
    each.transactionId === transactionId;

async function lookAtOwed(
  { desk }: Run,
  transactionId: string,
  counts: Counts,
): Promise<{ kind: 'owed'; asking: Asking } | { kind: 'not'; result: Partial<JobResult> }> {
  try {
    const owed = await readOwed(desk.refundDesk, transactionId);
    if (!owed) return { kind: 'not', result: { done: 'nothing is owed any more' } };
    if (owed.obstacle === undefined) {
      const { refundInPaisa, idempotencyKey } = owed;
      return { kind: 'owed', asking: { transactionId, refundInPaisa, idempotencyKey } };
    }
    counts.refused += 1;
    return { kind: 'not', result: { error: maskText(owed.obstacle) } };
  } catch (error) {
    counts.errors += 1;
    return { kind: 'not', result: { error: maskText(describeError(error)) } };
  }
}

async function refundOne(
  { desk, job }: Run,
  asking: Asking,
  counts: Counts,
): Promise<Partial<JobResult>> {
  try {
    const asked = await refundOwed(desk.refundDesk, asking, {
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
    // Its outcome is not known: it may have been set aside, so it counts to the most that may be asked for.
    counts.errors += 1;
    return { error: maskText(describeError(error)) };
  }
}
