import type { PaidOrder } from '@cloudnestle/operations/paid-orders';
import { needsAttention, readResolution } from '@cloudnestle/payments/attention/attention';
import { monthsOf } from '@cloudnestle/payments/catalogue';
import type { Order } from '@cloudnestle/payments/order';

/** Whether a paid order has an invoice due. */
export type Verdict =
  | { kind: 'due' }
  | { kind: 'none'; why: 'revoked' | 'duplicate' | 'unpaid' }
  /** The books do not say it yet. */
  | { kind: 'unknown'; waitsFor: string }
  /** Another payment was first, and reconciliation has not marked this one yet. */
  | { kind: 'unmarked' };

/**
 * What the caller knows of the payment besides the books. `told`: it completed, so the row is going to say so. `untold`: nothing.
 * `overdue`: nothing, and all that was under way has long arrived.
 */
export type Payment = 'told' | 'untold' | 'overdue';

/**
 * What the order's row and its buyer's paid orders say (both read consistently, the row first). A duplicate is no supply, and
 * of an order whose access was taken back before it had an invoice none is made. The verdict on duplicates is in once
 * reconciliation has noted the payment among the buyer's others, and this one is the first of them or bears the mark.
 */
export function judgeOrder(
  { row, plan }: Order,
  paid: readonly PaidOrder[],
  payment: Payment,
): Verdict {
  if (row.accessRevokedAt !== undefined) return { kind: 'none', why: 'revoked' };
  if (row.duplicateOf !== undefined) return { kind: 'none', why: 'duplicate' };
  if (row.status !== 'COMPLETED') {
    if (isUnpaid(row, payment)) return { kind: 'none', why: 'unpaid' };
    return { kind: 'unknown', waitsFor: 'the order’s row does not say paid yet' };
  }
  // Passes stack: none is a duplicate of another.
  if (monthsOf(plan) !== undefined) return { kind: 'due' };
  const [first] = sortByPayment(paid);
  if (!paid.some(({ transactionId }) => transactionId === row.transactionId)) {
    return { kind: 'unknown', waitsFor: 'the payment is not among its buyer’s others yet' };
  }
  return first?.transactionId === row.transactionId ? { kind: 'due' } : { kind: 'unmarked' };
}

/**
 * Whether the books say that the payment will not complete: it failed, or what the gateway said of it does not fit and is left to an
 * operator, or money went back without it. Should it complete all the same, that is published, and its delivery thinks of
 * the document again.
 */
function isUnpaid(row: Order['row'], payment: Payment): boolean {
  if (payment === 'told') return false;
  const isLeftToOperator =
    needsAttention(row, 'MISMATCH') || readResolution(row, 'MISMATCH') !== undefined;
  if (row.status === 'FAILED' || isLeftToOperator) return true;
  // A refund may be recorded before its payment is.
  return payment === 'overdue' && Object.keys(row.refunds ?? {}).length > 0;
}

/** Who paid first comes first; of two at once the smaller id. */
function sortByPayment(paid: readonly PaidOrder[]): PaidOrder[] {
  const rank = ({ completedAt, transactionId }: PaidOrder) => `${completedAt} ${transactionId}`;
  return paid.toSorted((one, other) => (rank(one) < rank(other) ? -1 : 1));
}

/**
 * How much of an order's invoice its refunds take back, in paisa. What was charged more than once was never invoiced, so what goes
 * back first is that.
 */
export function creditDue({ row, amountInPaisa }: Order): number {
  const refunded = Object.values(row.refunds ?? {}).reduce((sum, each) => sum + each, 0);
  const chargedBeside = ((row.completedAttempts ?? 1) - 1) * amountInPaisa;
  return Math.min(Math.max(refunded - chargedBeside, 0), amountInPaisa);
}
