import { functionRow } from './dashboard/functions.ts';
import { gatewayRows } from './dashboard/gateway.ts';
import { mailRow } from './dashboard/mail.ts';
import { paymentRows } from './dashboard/payments.ts';
import { queueRow } from './dashboard/queues.ts';
import type { DashboardRow } from './dashboard/widget.ts';

/** A stage's dashboard, from what buyers see down to what carries it. */
export const dashboard: readonly DashboardRow[] = [
  ...paymentRows,
  ...gatewayRows,
  mailRow,
  queueRow,
  functionRow,
];
