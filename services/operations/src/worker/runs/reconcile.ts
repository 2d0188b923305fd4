import type { JobResult } from '@cloudnestle/contracts/admin/jobs';
import { readRange } from '@cloudnestle/operations/orders-by-day';
import { buildTrigger, isLeftToDo } from '@cloudnestle/operations/reconcile/by-hand';
import { countPublished } from '@cloudnestle/operations/reconcile/count-published';
import { describeReconciled } from '@cloudnestle/operations/reconcile/describe-reconciled';
import { reconcileOrder } from '@cloudnestle/operations/reconcile/reconcile-order';
import { type RangeEntry, reconcileRange } from '@cloudnestle/operations/reconcile/reconcile-range';
import { commandLine } from '@cloudnestle/operations/words/command-line';
import { maskText } from '@cloudnestle/operations/words/mask';
import { describeError } from '@cloudnestle/runtime/errors';
import * as z from 'zod';
import type { TaskOf } from '../../jobs/tasks.ts';
import type { Run, RunResult, Work } from '../run.ts';
import { writeResults } from './results.ts';

type ReconcileTask = TaskOf<'reconcile'>;

/** Asks the gateway about one order, or about every order of a range day by day, and with `repair` publishes what is missing. */
export const runReconcile: Work<ReconcileTask> = (run, task) =>
  task.transactionId === undefined
    ? reconcileDays(run, task)
    : reconcileOne(run, task.transactionId, task.repair);

async function reconcileOne(run: Run, transactionId: string, repair: boolean): Promise<RunResult> {
  const { desk } = run;
  const counts = startCounts();
  const books = countPublished(desk.sources.books, counts);
  const trigger = buildTrigger(desk.platform, 'operations');
  const outcome = await reconcileOrder(books, transactionId, { trigger, repair }).catch(
    (error: unknown) => ({ kind: 'failed' as const, reason: describeError(error) }),
  );
  const entry = { transactionId, outcome };
  note(counts, entry);
  const pages = await writeResults(run, 0, [toResult(entry)]);
  await run.save({ counts, done: 1, expected: 1, results: 1, position: { pages } });
  return { kind: 'done' };
}

const positionSchema = z.object({
  /** Days of the range that are dealt with, the latest first. */
  days: z.int().default(0),
  pages: z.int().default(0),
});

async function reconcileDays(
  run: Run,
  { from = '', to = '', repair }: ReconcileTask,
): Promise<RunResult> {
  const { desk, job, signal } = run;
  const { days } = readRange({ startDate: from, endDate: to });
  const position = positionSchema.parse(job.position ?? {});
  let counts = { ...startCounts(), ...job.counts };
  let results = job.results;
  const trigger = buildTrigger(desk.platform, 'operations');
  for (const [index, day] of days.entries()) {
    if (index < position.days) continue;
    if (signal.aborted) return { kind: 'stopped' };
    const ofDay = startCounts();
    const before = counts.checked;
    const { entries, brokenOff } = await reconcileRange(
      countPublished(desk.sources.books, ofDay),
      readRange({ startDate: day, endDate: day }),
      {
        trigger,
        repair,
        signal,
        onProgress: ({ done }) => run.tell({ done: before + done, phase: `looking at ${day}` }),
      },
    );
    // A day that was not looked at to its end is looked at again: reconciling repeats without harm.
    if (signal.aborted) return { kind: 'stopped' };
    for (const entry of entries) note(ofDay, entry);
    const found = entries.filter(isWorthTelling).map(toResult);
    position.pages = await writeResults(run, position.pages, found);
    position.days = index + 1;
    counts = sum(counts, ofDay);
    results += found.length;
    await run.save({ counts, results, done: counts.checked, position: { ...position } });
    if (brokenOff !== undefined) return { kind: 'brokenOff', why: brokenOff };
  }
  return { kind: 'done' };
}

function startCounts() {
  return { checked: 0, deviating: 0, published: 0, attentionEnded: 0, leftToDo: 0, errors: 0 };
}
type Counts = ReturnType<typeof startCounts>;

function sum(a: Counts, b: Counts): Counts {
  return {
    checked: a.checked + b.checked,
    deviating: a.deviating + b.deviating,
    published: a.published + b.published,
    attentionEnded: a.attentionEnded + b.attentionEnded,
    leftToDo: a.leftToDo + b.leftToDo,
    errors: a.errors + b.errors,
  };
}

function note(counts: Counts, { outcome }: RangeEntry): void {
  counts.checked += 1;
  if (outcome.kind !== 'reconciled') {
    counts.errors += 1;
    return;
  }
  counts.attentionEnded += outcome.ended.length;
  if (outcome.discrepancies.length > 0) counts.deviating += 1;
  if (isLeftToDo(outcome)) counts.leftToDo += 1;
}

function isWorthTelling({ outcome }: RangeEntry): boolean {
  return outcome.kind !== 'reconciled' || outcome.discrepancies.length > 0;
}

function toResult({ transactionId, outcome }: RangeEntry): JobResult {
  const command = commandLine('payment', transactionId);
  if (outcome.kind !== 'reconciled') {
    const why = 'reason' in outcome ? outcome.reason : 'there is no such order';
    return { transactionId, discrepancies: [], error: maskText(why), command };
  }
  const { marketplace, gateway, published } = describeReconciled(outcome);
  return {
    transactionId,
    createdAt: outcome.order.createdAt.toISOString(),
    status: marketplace.status,
    gatewayStatus: gateway.status,
    amountInPaisa: marketplace.amountInPaisa,
    discrepancies: [...outcome.discrepancies],
    ...(published ? { done: `published ${published.detailType}` } : {}),
    command,
  };
}
