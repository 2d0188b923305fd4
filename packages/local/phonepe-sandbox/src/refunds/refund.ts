import type { Attempt, Order } from '../orders/order.ts';

export type RefundState = 'PENDING' | 'CONFIRMED' | 'COMPLETED' | 'FAILED';

/** A refund as it stands; every change makes a new value. Times are epoch milliseconds. */
export interface Refund {
  readonly merchantRefundId: string;
  readonly refundId: string;
  readonly originalMerchantOrderId: string;
  /** PhonePe's own id of the order. */
  readonly orderId: string;
  readonly amountInPaisa: number;
  readonly state: RefundState;
  readonly createdAt: number;
  /** When it reached its state. */
  readonly changedAt: number;
  /** What becomes of it by itself, soonest first; empty: nothing more, or nothing before the control call. */
  readonly plan: readonly PlannedStep[];
  /** The payment the money goes back to. */
  readonly payment: Attempt;
  /** How much of that payment the refunds before it took. */
  readonly takenBefore: number;
  readonly transactionId: string;
  /** Of the refund itself, once completed. */
  readonly utr?: string;
  /** Only of one that failed. */
  readonly failure?: RefundFailure;
}

export interface PlannedStep {
  state: Exclude<RefundState, 'PENDING'>;
  at: number;
}

export interface RefundFailure {
  errorCode: string;
  detailedErrorCode: string;
}

/** The day's forward balance of the merchant does not cover it. */
export const lowBalance: RefundFailure = {
  errorCode: 'REFUND_BREACHED',
  detailedErrorCode: 'BF_034',
};

export const isUnderWay = ({ state }: Refund) => state === 'PENDING' || state === 'CONFIRMED';

/** What refunds have taken or still may take: all but the failed ones. */
export function sumOf(refunds: readonly Refund[]): number {
  return refunds
    .filter(({ state }) => state !== 'FAILED')
    .reduce((sum, { amountInPaisa }) => sum + amountInPaisa, 0);
}

export function paymentOf(order: Order): Attempt | undefined {
  return order.attempts.find(({ state }) => state === 'COMPLETED');
}
