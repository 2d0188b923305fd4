import { addMs } from '@cloudnestle/payments/clock';
import { readOrder } from '@cloudnestle/payments/order';
import { describeError } from '@cloudnestle/runtime/errors';
import { checkEffects } from './check-effects.ts';
import { checkOutcome } from './check-outcome.ts';
import { LEASE_MS } from './deadlines.ts';
import { type CheckResult, quiet, type SweepDependencies, tryAgain } from './dependencies.ts';
import { parkOrder } from './park-order.ts';
import type { OpenOrderKey, SweepClaim } from './stores/open-orders.ts';

/**
 * Takes one order that the index names, and does what its row as it is now asks for. Never rejects: one bad order never
 * stops the rest, and what went wrong is tried again at the next run.
 */
export async function checkOrder(
  deps: SweepDependencies,
  runId: string,
  key: OpenOrderKey,
): Promise<CheckResult> {
  const claim: SweepClaim = {
    transactionId: key.transactionId,
    claimId: deps.newId(),
    leaseUntil: addMs(deps.now(), LEASE_MS).toISOString(),
  };
  try {
    // The claim's answer is the row: no read could be more consistent.
    const item = await deps.openOrders.claim(key, claim);
    if (!item) return quiet;
    const read = readOrder(item, deps.catalogue);
    if (read.kind === 'unreadable') {
      return await parkOrder(deps, claim, { reason: 'NO_OUTCOME', detail: read.reason });
    }
    const { order } = read;
    const trigger = { producer: 'reconciliation', causationId: runId, gatewayEvent: 'sweep' };
    const check = { claim, order, trigger };
    return await (order.row.status === 'COMPLETED'
      ? checkEffects(deps, check)
      : checkOutcome(deps, check));
  } catch (error) {
    return tryAgain(describeError(error));
  }
}
