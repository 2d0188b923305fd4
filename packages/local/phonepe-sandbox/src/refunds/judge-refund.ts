import type { Order } from '../orders/order.ts';
import { isUnderWay, paymentOf, type Refund, sumOf } from './refund.ts';
import { WINDOW_DAYS } from './refund-rules.ts';

export type RefundRefusal =
  | 'unknownOrder'
  | 'notPaid'
  | 'tooOld'
  | 'anotherRunning'
  | 'tooMuch'
  | 'lowBalance';

const DAY_MS = 86_400_000;

/**
 * PhonePe's rules: only of a paid order, within 90 days of its payment, at most its amount in sum, none while another of
 * the same order is under way. Undefined: nothing speaks against it.
 */
export function judgeRefund(wish: {
  order: Order | undefined;
  /** The order's refunds so far. */
  others: readonly Refund[];
  amountInPaisa: number;
  nowMs: number;
}): RefundRefusal | undefined {
  const { order, others, amountInPaisa, nowMs } = wish;
  if (!order) return 'unknownOrder';
  const payment = paymentOf(order);
  if (order.state !== 'COMPLETED' || !payment) return 'notPaid';
  if (nowMs > payment.at + WINDOW_DAYS * DAY_MS) return 'tooOld';
  if (others.some(isUnderWay)) return 'anotherRunning';
  return sumOf(others) + amountInPaisa > order.amountInPaisa ? 'tooMuch' : undefined;
}
