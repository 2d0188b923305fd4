import { functionRow, gatewayRows, queueRow } from './dashboard/infrastructure.ts';
import { mailRow, paymentRows } from './dashboard/payments.ts';
import type { DashboardRow } from './dashboard/widget.ts';

/** A stage's dashboard, from what buyers see down to what carries it. */
export const dashboard: readonly DashboardRow[] = [
  ...paymentRows,
  ...gatewayRows,
  mailRow,
  queueRow,
  functionRow,
];
