import type { ReconcileOrderResponse } from '@cloudnestle/contracts/http/reconciliation';
import { formatRupees } from '@cloudnestle/payments/money';

/** What the gateway says, in one line; the amount where it is not ours. */
export function describeGateway(gateway: ReconcileOrderResponse['gateway']): string {
  const amount =
    gateway.status === 'MISMATCH' && gateway.amountInPaisa !== undefined
      ? formatRupees(gateway.amountInPaisa)
      : undefined;
  return join(gateway.status, gateway.failureReason, amount, gateway.completedAt);
}

/** One record is enough: a missing one beside another is left missing. `agrees`: all that must hold it does. */
export function describeRecord(holding: string, agrees: boolean): string {
  return holding === 'missing' && agrees ? 'none, and none needed' : holding;
}

/** What there is of these, side by side. */
export function join(...parts: (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(', ');
}
