import type { Failure } from './failures.ts';
import type { PaymentMode } from './outcome.ts';
import type { References } from './references.ts';

/** An order as it stands; every change makes a new value. Times are epoch milliseconds. */
export interface Order {
  readonly merchantOrderId: string;
  readonly orderId: string;
  readonly state: 'PENDING' | 'COMPLETED' | 'FAILED';
  readonly amountInPaisa: number;
  readonly createdAt: number;
  readonly expireAt: number;
  /** The hosted page, with its token: where the buyer pays. */
  readonly checkoutUrl: string;
  readonly checkoutToken: string;
  /** Where the buyer's browser goes afterwards, byte for byte as the merchant gave it. */
  readonly redirectUrl: string;
  readonly message?: string;
  readonly metaInfo?: Readonly<Record<string, string | undefined>>;
  /** Set while the order is FAILED. */
  readonly failure?: Failure;
  /** In the order they were made. */
  readonly attempts: readonly Attempt[];
}

export interface Attempt {
  readonly transactionId: string;
  readonly mode: PaymentMode;
  readonly at: number;
  readonly amountInPaisa: number;
  readonly state: 'COMPLETED' | 'FAILED';
  readonly failure?: Failure;
  /** What the bank or the UPI switch answered; only on a completed attempt. */
  readonly references?: References;
}
