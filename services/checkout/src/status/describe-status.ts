import type { Access } from '@cloudnestle/payments/access/decide-access';
import { isOutcomeDoubtful } from '@cloudnestle/payments/attention/attention';
import type { Order } from '@cloudnestle/payments/order';

/** The return page asks about once a second. */
const SOON_MS = 1000;
/** Past its expiry only the sweep can still bring news of an order. */
const LATER_MS = 10_000;

/** Words a buyer can read, and when to ask again (0: nothing more will change soon). */
export function describeStatus(
  order: Order,
  access: Access,
  now: Date,
): { message: string; retryAfterMs: number } {
  const { status } = order.row;
  if (status !== 'COMPLETED' && isOutcomeDoubtful(order.row)) {
    return { message: 'We are checking your payment. Support will get in touch.', retryAfterMs: 0 };
  }
  switch (status) {
    case 'PENDING':
      return now < order.expiresAt
        ? { message: 'We are waiting for your payment.', retryAfterMs: SOON_MS }
        : {
            message: 'The payment page has expired. If you have paid, it will show here soon.',
            retryAfterMs: LATER_MS,
          };
    case 'FAILED':
      return { message: describeFailure(order), retryAfterMs: 0 };
    case 'COMPLETED':
      return describeCompleted(order, access);
  }
}

function describeFailure({ row }: Order): string {
  switch (row.failureReason) {
    case 'CANCELLED':
      return 'The payment was cancelled. You can try again at any time.';
    case 'EXPIRED':
    case 'UNKNOWN_AT_GATEWAY':
      return 'The payment page has expired. You can try again at any time.';
    default:
      return 'The payment did not go through. You can try again at any time.';
  }
}

function describeCompleted(
  { row }: Order,
  access: Access,
): { message: string; retryAfterMs: number } {
  if (access === 'withheld') {
    const message = 'This payment gives no access at the moment. Please contact support.';
    return { message, retryAfterMs: 0 };
  }
  const extra = row.duplicateOf ? ' You had paid before: this amount is owed back to you.' : '';
  return access === 'granted'
    ? { message: `Payment received. Your upgrade is active.${extra}`, retryAfterMs: 0 }
    : { message: `Payment received. Your upgrade is on its way.${extra}`, retryAfterMs: SOON_MS };
}
