import type { CheckResult, SweepCount, SweepDependencies } from './dependencies.ts';
import type { SweepClaim } from './stores/open-orders.ts';

/** Puts an order that no machine can decide up for review, with metric and warning. `already`: what else became of it. */
export async function parkOrder(
  deps: Pick<SweepDependencies, 'openOrders' | 'metrics' | 'log'>,
  claim: SweepClaim,
  reason: string,
  already: readonly SweepCount[] = [],
): Promise<CheckResult> {
  const isParked = await deps.openOrders.park(claim, reason);
  if (!isParked) return { counts: already };
  const { transactionId } = claim;
  deps.metrics.count('OrderNeedsReview');
  deps.log.warn('order needs review', { transactionId, reason });
  return { counts: [...already, 'parked'], reason };
}
