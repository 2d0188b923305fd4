import type { ReportRequest } from '@cloudnestle/contracts/http/reconciliation-report';
import type { Order } from '@cloudnestle/payments/order';

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
