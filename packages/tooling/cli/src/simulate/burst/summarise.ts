import { type FateName, fateNames, fates, mustSettle } from './fates.ts';
import type { Payment } from './make-payments.ts';

/** What became of the payments of one fate. */
export interface FateSummary {
  fate: FateName;
  payments: number;
  settled: number;
  open: number;
  failed: number;
  /** From paying to Pro, as the stage's status call saw it; only where the buyer paid and is Pro. */
  p50Ms: number | undefined;
  p95Ms: number | undefined;
}

export interface BurstSummary {
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
