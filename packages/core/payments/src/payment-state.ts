import type { FailureReason } from '@cloudnestle/contracts/events/payment-failed';
import type { PaymentStatus } from '@cloudnestle/contracts/items/transaction';

/**
 * Where an order stands after one more outcome: PENDING -> COMPLETED or FAILED, FAILED -> COMPLETED (money wins);
 * COMPLETED never becomes FAILED (design, rule 1). The same whatever the order of deliveries.
 */
export function nextStatus(current: PaymentStatus, outcome: 'COMPLETED' | 'FAILED'): PaymentStatus {
  return current === 'COMPLETED' ? 'COMPLETED' : outcome;
}

/** What says more about a failure comes first: a refused attempt over a cancelled page over a clock that ran out. */
const byStrength: readonly FailureReason[] = [
  'DECLINED',
  'CANCELLED',
  'EXPIRED',
  'UNKNOWN_AT_GATEWAY',
];

/** Whether `reason` should replace the recorded one, so that every order of deliveries ends with the same reason. */
export function isStrongerFailure(
  reason: FailureReason,
  recorded: FailureReason | undefined,
): boolean {
  return recorded === undefined || byStrength.indexOf(reason) < byStrength.indexOf(recorded);
}

/** Failures that money can still follow: the order's clock ran out, nobody said no. */
export function mayStillBePaid(reason: FailureReason): boolean {
  return reason === 'EXPIRED' || reason === 'UNKNOWN_AT_GATEWAY';
}
