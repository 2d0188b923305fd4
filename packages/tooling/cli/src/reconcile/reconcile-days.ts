import { connectOperations } from '@cloudnestle/operations/connect-operations';
import { readRange } from '@cloudnestle/operations/orders-by-day';
import { buildTrigger } from '@cloudnestle/operations/reconcile/by-hand';
import { countPublished } from '@cloudnestle/operations/reconcile/count-published';
import { reconcileRange } from '@cloudnestle/operations/reconcile/reconcile-range';
import { toLine } from '@cloudnestle/operations/reconcile/report-lines';
import { createMask, maskText } from '@cloudnestle/operations/words/mask';
import { istDay } from '@cloudnestle/payments/ist';
import { HttpError } from '@cloudnestle/runtime/http/errors';
import { CliError } from '../cli-error.ts';
import { describeOperator } from '../operator/operator.ts';
import { tell } from '../output/print.ts';
import { createProgress } from '../output/show-progress.ts';
import { changeOrders, type Printed, type ReconcileJob } from './job.ts';
import { formatReport } from './report.ts';

/** Looks at every order of a range of days, repairs what it may, and answers the report. */
export async function reconcileDays(
  job: ReconcileJob,
  { from, to, repair }: { from: string; to: string | undefined; repair: boolean },
): Promise<Printed> {
  const { platform, operator, format, signal } = job;
  const today = istDay(platform.now());
  if (from > today) throw new CliError(`${from} has not begun: it is still ${today} in India.`);
  const lastDay = to ?? today;
  const range = readDays(from, lastDay, { isToday: to === undefined });
  const counts = { published: 0, attentionEnded: 0, orders: 0 };
  const deps = countPublished(connectOperations(job.variables, platform), counts);
  const work = async () => {
    const progress = createProgress(`Reconciling ${operator.stage}`);
    const findings = reconcileRange(deps, range, {
      trigger: buildTrigger(job.platform, 'cli'),
      repair,
      signal,
      onProgress: (state) => {
        counts.orders = state.done;
        progress.show(state);
      },
    });
    const { entries, ...rest } = await findings.finally(progress.end);
    for (const { outcome } of entries) {
      if (outcome.kind === 'reconciled') counts.attentionEnded += outcome.ended.length;
    }
    return { entries, ...rest };
  };
  const what = `Publish what our books or buyers lack of the orders from ${from} to ${lastDay}.`;
  const change = { what, target: { from, to: lastDay }, counts };
  if (!repair) tell(describeOperator(operator));
  const { entries, brokenOff } = await (repair ? changeOrders(job, change, work) : work());
  const paidBack = await deps.listPaidBack(range);
  const lines = entries.map((entry) => toLine(entry, createMask(job.reveal)));
  if (brokenOff !== undefined) tell(`Not every order was reached: ${maskText(brokenOff)}.`);
  return {
    result: formatReport(
      { stage: operator.stage, from, to: lastDay, repair, lines, paidBack },
      format,
    ),
    isDone: brokenOff === undefined && !lines.some((line) => line.isLeftToDo),
  };
}

function readDays(startDate: string, endDate: string, { isToday }: { isToday: boolean }) {
  try {
    return readRange({ startDate, endDate });
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    const reasons = error.extra.fields?.map(({ message }) => message).join(', ');
    // The operator did not type it: the range just ends today.
    const end = isToday
      ? `Without --to the range ends today, ${endDate}, which`
      : `--to ${endDate}`;
    throw new CliError(`${end} ${reasons ?? error.message}.`, { cause: error });
  }
}
