import type { Settlement } from '@cloudnestle/payments/settle-order';
import type { Metrics } from './metrics.ts';

/** Counts what a settlement put on the bus, the same whoever asked. */
export function countSettlement(metrics: Metrics, settlement: Settlement): void {
  if (!('isPublished' in settlement) || !settlement.isPublished) return;
  if (settlement.kind === 'completed') metrics.count('PaymentCompletedPublished');
  if (settlement.kind === 'failed') metrics.count('PaymentFailedPublished');
}
