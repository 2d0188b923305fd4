import type { Discrepancy } from '@cloudnestle/contracts/http/reconciliation';
import type {
  ReportDiscrepancy,
  ReportRequest,
  ReportTransaction,
} from '@cloudnestle/contracts/http/reconciliation-report';
import { findDiscrepancies } from '@cloudnestle/operations/reconcile/examine-order';
import type { Judgement } from '@cloudnestle/payments/judge-order';
import type { Order } from '@cloudnestle/payments/order';

/** One order as the live page lists it. `judgement`: what the gateway said just now, where it was asked. */
export function describeRow(row: ReportRow, judgement: Judgement | undefined): ReportTransaction {
  const { plan, amountInPaisa, row: stored } = row.order;
  const said = judgement && saidBy(judgement);
  const solution = plan.solutionIds.join(', ');
  return {
    transaction_id: stored.transactionId,
    merchant_order_id: stored.merchantOrderId,
    amount: amountInPaisa,
    currency: plan.currency,
    created_at: stored.createdAt,
    user_id: stored.userId,
    user_email: stored.userEmail,
    user_name: '',
    user_tier: plan.tier,
    solution_id: solution,
    solution_name: solution,
    country: countryOf(row),
    marketplace_status: stored.status,
    phonepe_status: said ?? recordedStatus(row),
    verified: said !== undefined,
    payment_mode: stored.payment_mode ?? '',
    phonepe_transaction_id: stored.phonepe_transaction_id,
    phonepe_timestamp: stored.phonepe_timestamp,
    utr: stored.utr,
    upi_transaction_id: stored.upi_transaction_id,
    vpa: stored.vpa,
    error_code: stored.failureReason,
    settlement_status: stored.settlement_status ?? 'NOT_ELIGIBLE',
    settlement_date: stored.settlement_date,
  };
}

/** What does not agree about one order: as recorded, and as the gateway has just said where it was asked. */
export function describeDiscrepancies(
  row: ReportRow,
  judgement: Judgement | undefined,
): ReportDiscrepancy[] {
  const { plan, amountInPaisa, row: stored } = row.order;
  return findReasons(row, judgement).map((reason) => ({
    transaction_id: stored.transactionId,
    user_email: stored.userEmail,
    solution: plan.solutionIds.join(', '),
    tier: plan.tier,
    marketplace_status: stored.status,
    phonepe_status: (judgement && saidBy(judgement)) ?? recordedStatus(row),
    amount: amountInPaisa,
    created_at: stored.createdAt,
    reason,
  }));
}

function findReasons(row: ReportRow, judgement: Judgement | undefined): Discrepancy[] {
  const { order } = row;
  if (judgement) return findDiscrepancies({ order, judgement, holdings: undefined });
  // Not asked: what was recorded may already disagree with itself.
  const recorded = findDiscrepancies({
    order,
    judgement: { kind: 'gatewayUnavailable', reason: 'not asked' },
    holdings: undefined,
  });
  const isPaidThere = order.row.phonepe_status === 'COMPLETED';
  const isPaidHere = order.row.status === 'COMPLETED';
  if (order.row.phonepe_status === undefined || isPaidThere === isPaidHere) return recorded;
  return [isPaidThere ? 'NOT_RECORDED' : 'CONTRADICTION', ...recorded];
}

function recordedStatus({ order }: ReportRow): string {
  return order.row.phonepe_status ?? 'UNKNOWN';
}

function saidBy(judgement: Judgement): string | undefined {
  switch (judgement.kind) {
    case 'completed':
    case 'failed':
    case 'mismatch':
      return judgement.event.detail.data.gatewayState;
    case 'pending':
      return judgement.gatewayState;
    case 'notFound':
      return 'NOT_FOUND';
    case 'gatewayUnavailable':
      return undefined;
  }
}

/** An order in a report: its row as stored, and as the domain reads it. */
export interface ReportRow {
  item: Readonly<Record<string, unknown>>;
  order: Order;
}

/** The country is only known of rows that the replaced system wrote. */
export function countryOf({ item }: ReportRow): string {
  return typeof item.country === 'string' ? item.country : 'Unknown';
}

/** Paisa of every confirmed refund. */
export function refundedOf({ order }: ReportRow): number {
  return Object.values(order.row.refunds ?? {}).reduce((sum, amount) => sum + amount, 0);
}

/** Whether an order passes the report's filters. */
export function fitsFilters(row: ReportRow, filters: ReportRequest['filters']): boolean {
  const { plan, row: stored } = row.order;
  return (
    (filters.solution === undefined || plan.solutionIds.includes(filters.solution)) &&
    (filters.tier === undefined || plan.tier === filters.tier) &&
    (filters.country === undefined || countryOf(row) === filters.country) &&
    (filters.status === undefined || stored.status === filters.status) &&
    (filters.payment_mode === undefined || stored.payment_mode === filters.payment_mode)
  );
}
