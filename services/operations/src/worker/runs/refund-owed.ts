import type { JobResult } from '@cloudnestle/contracts/admin/jobs';
import { listChargedTwice } from '@cloudnestle/operations/refunds/owed';
import {
  type Asking,
  type PaidBack,
  payBackOwed,
} from '@cloudnestle/operations/refunds/pay-back-owed';
import { commandLine } from '@cloudnestle/operations/words/command-line';
import * as z from 'zod';
import type { TaskOf } from '../../jobs/tasks.ts';
import type { Work } from '../run.ts';
import { RESULTS_ON_PAGE, readResults, writeResults } from './results.ts';

/**
 * Gives back what buyers have paid twice. Each refund is written down before it is asked for: a run that takes over asks for it once
 * more, and `max` holds for all runs together.
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
  const onPaid = async (transactionId: string, result: PaidBack) => {
    count(counts, result);
    const command = commandLine('payment', transactionId);
    const discrepancies = ['CHARGED_TWICE'];
    told.push({ transactionId, discrepancies, command, ...describe(result) });
    const page = Math.floor((told.length - 1) / RESULTS_ON_PAGE);
    await writeResults(run, page, told.slice(page * RESULTS_ON_PAGE));
    await keep();
  };
  const known = new Set([...told, ...(before.asking ? [before.asking] : [])].map(idOf));
  const wanted = transactionIds && new Set(transactionIds);
  const meant = (await listChargedTwice(desk.sources.books.listAttention))
    .map(idOf)
    .filter((id) => !known.has(id) && (wanted?.has(id) ?? true));
  const spent = counts.requested + counts.errors;
  const left = Math.max((max ?? Number.POSITIVE_INFINITY) - spent, 0);
  const most = meant.length + (before.asking ? 1 : 0);
  await run.save({ phase: 'asking for refunds', expected: told.length + Math.min(most, left) });
  await payBackOwed(desk.refundDesk, meant, {
    ...{ max, spent, signal, onPaid, onAsking: keep, begun: before.asking },
    by: job.subject,
    trigger: () => ({ producer: 'operations', causationId: job.jobId }),
  });
  return signal.aborted ? { kind: 'stopped' } : { kind: 'done' };
};

const nothing = { requested: 0, refused: 0, inPaisa: 0, errors: 0 };
const idOf = ({ transactionId }: { transactionId: string }) => transactionId;

const positionSchema = z.object({
  pages: z.int().default(0),
  /** A refund that a run was about to ask for. */
  asking: z
    .object({ transactionId: z.string(), refundInPaisa: z.int(), idempotencyKey: z.string() })
    .optional(),
});

function count(counts: typeof nothing, result: PaidBack): void {
  if (result.kind === 'asked') {
    counts.requested += 1;
    counts.inPaisa += result.amountInPaisa;
  } else if (result.because === 'refused') counts.refused += 1;
  else if (result.because === 'error') counts.errors += 1;
}

function describe(result: PaidBack): Partial<JobResult> {
  if (result.kind === 'left') {
    return result.because === 'nothingOwed' ? { done: result.why } : { error: result.why };
  }
  const { amountInPaisa, refundId, state } = result;
  return { amountInPaisa, done: `refund ${refundId} ${state}` };
}
