import type {
  ReportSummary,
  SettlementSummary,
} from '@cloudnestle/contracts/http/reconciliation-report';
import { istDay } from '@cloudnestle/payments/ist';
import { countryOf, type ReportRow, refundedOf } from './describe-row.ts';

type Sums = Record<string, number>;

/** Counts and amounts of the orders that are added, in any order. Amounts are paisa. */
export function createSummary(now: Date) {
  const summary: ReportSummary = {
    total_transactions: 0,
    unreadable: 0,
    by_status: { pending: 0, completed: 0, failed: 0, refunded: 0 },
    by_solution: noSums(),
    by_tier: noSums(),
    by_payment_mode: noSums(),
    by_country: noSums(),
    amounts: {
      total_amount: 0,
      completed_amount: 0,
      failed_amount: 0,
      refunded_amount: 0,
      pending_amount: 0,
      by_tier: noSums(),
      by_payment_mode: noSums(),
    },
  };
  const settlements: SettlementSummary = {
    total_settlements: 0,
    settlement_amount: 0,
    pending_settlements: 0,
    pending_amount: 0,
    by_date: noSums(),
  };
  let grossInPaisa = 0;
  return {
    summary,
    settlements,
    /** What the completed orders brought, as often as they were paid. */
    grossInPaisa: () => grossInPaisa,
    /** A row that cannot be read counts as such and as nothing else. */
    addUnreadable(): void {
      summary.unreadable += 1;
    },
    add(row: ReportRow): void {
      grossInPaisa += grossOf(row);
      addOrder(summary, row);
      addSettlement(settlements, row, istDay(now));
    },
  };
}

function grossOf({ order: { amountInPaisa, row } }: ReportRow): number {
  return row.status === 'COMPLETED' ? amountInPaisa * (row.completedAttempts ?? 1) : 0;
}

const statusKeys = { PENDING: 'pending', COMPLETED: 'completed', FAILED: 'failed' } as const;

function addOrder(summary: ReportSummary, row: ReportRow): void {
  const { plan, amountInPaisa, row: stored } = row.order;
  const { amounts } = summary;
  const status = statusKeys[stored.status];
  const refunded = refundedOf(row);
  summary.total_transactions += 1;
  summary.by_status[status] += 1;
  amounts.total_amount += amountInPaisa;
  amounts[`${status}_amount`] += amountInPaisa;
  if (refunded > 0) summary.by_status.refunded += 1;
  amounts.refunded_amount += refunded;
  for (const solution of plan.solutionIds) add(summary.by_solution, solution, 1);
  add(summary.by_tier, plan.tier, 1);
  add(amounts.by_tier, plan.tier, amountInPaisa);
  add(summary.by_country, countryOf(row), 1);
  if (stored.payment_mode === undefined) return;
  add(summary.by_payment_mode, stored.payment_mode, 1);
  add(amounts.by_payment_mode, stored.payment_mode, amountInPaisa);
}

/** What is to come to the bank: what was paid, less what went back. */
function addSettlement(settlements: SettlementSummary, row: ReportRow, today: string): void {
  const { amountInPaisa, row: stored } = row.order;
  const amount = amountInPaisa - refundedOf(row);
  if (stored.settlement_status !== 'ELIGIBLE' || amount <= 0) return;
  const date = stored.settlement_date ?? 'unknown';
  settlements.total_settlements += 1;
  settlements.settlement_amount += amount;
  add(settlements.by_date, date, amount);
  if (date < today) return;
  settlements.pending_settlements += 1;
  settlements.pending_amount += amount;
}

/** Without inherited names: any text that a row calls a country counts as one. */
function noSums(): Sums {
  return Object.create(null);
}

function add(sums: Sums, key: string, value: number): void {
  sums[key] = (sums[key] ?? 0) + value;
}
