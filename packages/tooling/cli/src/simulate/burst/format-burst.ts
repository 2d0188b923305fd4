import { formatTable } from '../../output/format-table.ts';
import { fates, mustSettle } from './fates.ts';
import type { BurstSummary, FateSummary } from './summarise.ts';

const titles = ['', 'payments', 'settled', 'open', 'failed', 'p50', 'p95', ''];

/** What became of a burst, for people. */
export function formatBurst(
  summary: BurstSummary,
  { run, seed, isSwept }: { run: string; seed: number; isSwept: boolean },
): string {
  const rows = summary.fates.map((each) => [
    fates[each.fate].words,
    String(each.payments),
    String(each.settled),
    String(each.open),
    String(each.failed),
    milliseconds(each.p50Ms),
    milliseconds(each.p95Ms),
    remark(each, isSwept),
  ]);
  return [
    formatTable(titles, rows),
    ...summary.failures.map(({ reason, payments }) => `${payments} failed: ${reason}`),
    'p50 and p95: from paying to Pro, as the status call saw it.',
    `Run ${run}, seed ${seed}. ${verdict(summary)}`,
  ].join('\n');
}

function remark({ fate, open, failed }: FateSummary, isSwept: boolean): string {
  if (failed > 0) return 'see below';
  if (open === 0) return '';
  if (mustSettle(fate, isSwept)) return 'should be settled by now';
  return fates[fate].ends === undefined ? 'nobody has paid' : 'waits for a sweep';
}

function milliseconds(time: number | undefined): string {
  return time === undefined ? '' : `${time} ms`;
}

function verdict({ isDone }: BurstSummary): string {
  return isDone ? 'Everything stands as it should.' : 'Not everything stands as it should.';
}
