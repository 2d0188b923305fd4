import { istDay } from '@cloudnestle/payments/ist';
import { buildByHand } from '@cloudnestle/reconciliation/by-hand/composition';
import { reconcileRange } from '@cloudnestle/reconciliation/by-hand/reconcile-range';
import { readRange } from '@cloudnestle/reconciliation/report/read-range';
import { HttpError } from '@cloudnestle/runtime/http/errors';
import { CliError } from '../../cli-error.ts';
import { createProgress } from '../../output/show-progress.ts';
import { shell } from '../../shell.ts';
import { buildTrigger, type Printed, type ReconcileJob } from '../job.ts';
import { formatReport } from './format-report.ts';
import { toLine } from './to-line.ts';

/** Looks at every order of a range of days, repairs what it may, and prints the report. */
export async function reconcileDays(
  job: ReconcileJob,
  { from, to, repair }: { from: string; to: string | undefined; repair: boolean },
): Promise<Printed> {
  const { platform, stage, format } = job;
  const deps = buildByHand(job.variables, platform);
  const today = istDay(platform.now());
  if (from > today) throw new CliError(`${from} has not begun: it is still ${today} in India.`);
  const lastDay = to ?? today;
  const range = readDays(from, lastDay, { isToday: to === undefined });
  const progress = createProgress(`Reconciling ${stage}`);
  try {
    const trigger = buildTrigger(job);
    const { entries, brokenOff } = await reconcileRange(deps, range, {
      trigger,
      repair,
      onProgress: progress.show,
    });
    const lines = entries.map(toLine);
    if (brokenOff !== undefined) {
      shell().errors.write(`Not every order was reached: ${brokenOff}.\n`);
    }
    return {
      text: formatReport({ stage, from, to: lastDay, repair, lines }, format),
      isDone: brokenOff === undefined && !lines.some((line) => line.isLeftToDo),
    };
  } finally {
    progress.end();
  }
}

function readDays(startDate: string, endDate: string, { isToday }: { isToday: boolean }) {
  try {
    return readRange({ startDate, endDate });
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    const reasons = error.extra.fields?.map(({ message }) => message).join(', ');
    // Nobody typed it: the range just ends today.
    const end = isToday
      ? `Without --to the range ends today, ${endDate}, which`
      : `--to ${endDate}`;
    throw new CliError(`${end} ${reasons ?? error.message}.`, { cause: error });
  }
}
