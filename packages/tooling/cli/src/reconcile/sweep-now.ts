import { buildSweep } from '@cloudnestle/operations/sweep/build-sweep';
import type { SweepSummary } from '@cloudnestle/operations/sweep/run-sweep';
import { formatCsv } from '../output/format-csv.ts';
import { formatTable } from '../output/format-table.ts';
import { createProgress } from '../output/show-progress.ts';
import { changeOrders, type Printed, type ReconcileJob } from './job.ts';

/** An operator can wait longer than a function may run. */
const SWEEP_TIMEOUT_MS = 60 * 60_000;

/** One sweep over all open orders, due or not, in this process. */
export async function sweepNow(job: ReconcileJob): Promise<Printed> {
  const { variables, platform, format, operator, signal } = job;
  const sweep = buildSweep(variables, platform);
  const counts: Record<string, number> = {};
  const what =
    'Sweep: ask the gateway about every open order, due or not, and publish what is news.';
  const summary = await changeOrders(
    job,
    { what, target: { scope: 'all open orders' }, counts },
    async () => {
      const progress = createProgress(`Sweeping ${operator.stage}`);
      const swept = sweep({
        runId: platform.newId(),
        timeoutMs: SWEEP_TIMEOUT_MS,
        scope: 'all',
        signal,
        onProgress: progress.show,
      });
      const { outcome, ...found } = await swept.finally(progress.end);
      Object.assign(counts, found);
      return { outcome, ...found };
    },
  );
  const isDone = summary.errors === 0 && summary.parked === 0 && summary.outcome === 'done';
  return { result: formatSummary(summary, format), isDone };
}

const words: readonly (readonly [keyof Omit<SweepSummary, 'outcome'>, string])[] = [
  ['due', 'open orders looked at'],
  ['settled', 'of these: paid, and published'],
  ['failed', 'failed, and published'],
  ['expired', 'expired, and published'],
  ['reminded', 'passes that end soon: published, so that the buyer is reminded'],
  ['ended', 'access that ended: published'],
  ['repaired', 'paid before, effects missing: published again'],
  ['parked', 'need an operator from now on: ./payments attention list'],
  ['errors', 'not decided: the next sweep tries again'],
];

function formatSummary(summary: SweepSummary, format: ReconcileJob['format']): unknown {
  if (format === 'json') return summary;
  const rows = words.map(([count, meaning]) => [count, String(summary[count]), meaning]);
  if (format === 'csv') return formatCsv(['count', 'orders', 'meaning'], rows);
  const end = summary.outcome === 'done' ? '' : `\nNot everything was reached: ${summary.outcome}.`;
  return `${formatTable(['', 'orders', ''], rows)}${end}`;
}
