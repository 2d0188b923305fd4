import type { FactForAttention } from '@cloudnestle/payments/attention/attention';
import type { CheckResult, SweepCount, SweepDependencies } from './dependencies.ts';
import type { SweepClaim } from './stores/open-orders.ts';

/**
 * Leaves an order to a person: it needs attention and is looked at no more, by one write. `already`: what else became of
 * it. The state on the row is the alarm; the warning is its trail.
 */
export async function parkOrder(
  deps: Pick<SweepDependencies, 'openOrders' | 'log' | 'now'>,
  claim: SweepClaim,
  fact: Pick<FactForAttention, 'reason'> & { detail: string },
  already: readonly SweepCount[] = [],
): Promise<CheckResult> {
  const at = deps.now().toISOString();
  const isParked = await deps.openOrders.park(claim, { ...fact, at });
  if (!isParked) return { counts: already };
  const { transactionId } = claim;
  const { reason: attention, detail: reason } = fact;
  deps.log.warn('order needs attention', { transactionId, attention, reason });
  return { counts: [...already, 'parked'], reason };
}
