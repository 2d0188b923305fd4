import type { Attempt } from '../orders/order.ts';

/** A refund as it stands; every change makes a new value. Times are epoch milliseconds. */
export interface Refund {
  readonly merchantRefundId: string;
  readonly refundId: string;
  readonly originalMerchantOrderId: string;
  readonly amountInPaisa: number;
  readonly state: 'PENDING' | 'COMPLETED' | 'FAILED';
  readonly createdAt: number;
  /** When it left PENDING. */
  readonly endedAt?: number;
  /** The payment the money goes back to. */
  readonly payment: Attempt;
  readonly transactionId: string;
  /** Of the refund itself, once completed. */
  readonly utr?: string;
}
