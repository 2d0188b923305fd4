import { formatTable } from '../../output/format-table.ts';
import { type FateName, fateNames, fates, mustSettle } from './fates.ts';
import type { Payment } from './make-payments.ts';

/** What became of the payments of one fate. */
interface FateSummary {
  fate: FateName;
  payments: number;
  settled: number;
  open: number;
  failed: number;
  /** From paying to Pro, as the stage's status call saw it; only where the buyer paid and is Pro. */
  p50Ms: number | undefined;
  p95Ms: number | undefined;
}

interface BurstSummary {
  fates: FateSummary[];
  failures: { reason: string; payments: number }[];
  /** True where nothing is open that was to be settled, and nothing failed. */
  isDone: boolean;
}

/** Counts by fate; `isSwept`: what no webhook told is to be settled too. */
export function summarise(
  payments: readonly Payment[],
  { isSwept }: { isSwept: boolean },
): BurstSummary {
  const summaries = fateNames
    .map((fate) => summariseFate(fate, payments))
    .filter((summary) => summary.payments > 0);
  const reasons = payments.flatMap(({ standing }) =>
    standing.kind === 'failed' ? [standing.reason] : [],
  );
  const failures = [...Map.groupBy(reasons, (reason) => reason)].map(([reason, { length }]) => ({
    reason,
    payments: length,
  }));
  const isDone = summaries.every(
    ({ fate, open, failed }) => failed === 0 && (open === 0 || !mustSettle(fate, isSwept)),
  );
  return { fates: summaries, failures, isDone };
}

function summariseFate(fate: FateName, payments: readonly Payment[]): FateSummary {
  const standings = payments.filter((each) => each.fate === fate).map(({ standing }) => standing);
  const count = (kind: string) => standings.filter((standing) => standing.kind === kind).length;
  const isPro = fates[fate].ends === 'COMPLETED';
  const times = standings
    .flatMap((standing) => (standing.kind === 'settled' && isPro ? [standing.afterMs] : []))
    .toSorted((one, other) => one - other);
  return {
    fate,
    payments: standings.length,
    settled: count('settled'),
    open: count('open'),
    failed: count('failed'),
    p50Ms: quantile(times, 0.5),
    p95Ms: quantile(times, 0.95),
  };
}

/** The time that such a share of all was not slower than; whole milliseconds. */
function quantile(sorted: readonly number[], share: number): number | undefined {
  const time = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  return time === undefined ? undefined : Math.round(time);
}

/** The same in three numbers. */
export function countStandings(payments: readonly Payment[]): Record<string, number> {
  const count = (kind: string) => payments.filter(({ standing }) => standing.kind === kind).length;
  return {
    payments: payments.length,
    settled: count('settled'),
    open: count('open'),
    failed: count('failed'),
  };
}

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
  return fates[fate].ends === undefined ? 'no buyer has paid' : 'waits for a sweep';
}

function milliseconds(time: number | undefined): string {
  return time === undefined ? '' : `${time} ms`;
}

function verdict({ isDone }: BurstSummary): string {
  return isDone ? 'Everything stands as it should.' : 'Not everything stands as it should.';
}
