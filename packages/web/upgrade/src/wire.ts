// What the API answers, as far as a page reads it. Written out, so that the packed package needs no other one for its types;
// `wire.test.ts` holds it to the contracts.

/** Whom the invoice is made out to. `stateCode`: the two digits of the buyer's State, `29` is Karnataka. */
export interface Billing {
  stateCode: string;
  name?: string;
  gstin?: string;
  address?: string;
}

/** One plan that is on sale. */
export interface Plan {
  planId: string;
  name: string;
  tier: string;
  period: 'ONE_TIME' | 'MONTHLY' | 'YEARLY';
  /** How many months it holds from the payment; null: for ever. */
  months: number | null;
  amountInPaisa: number;
  currency: 'INR';
  taxInclusive: boolean;
  /** Words for beside the price. */
  taxNote: string;
  /** Null: no limit. */
  searchesPerDay: number | null;
}

/** What every account has that has bought nothing. */
export interface WithoutPlan {
  tier: string;
  searchesPerDay: number | null;
}

/** What the status call says of one payment. */
export interface PaymentStatus {
  transactionId: string;
  status: 'PENDING' | 'COMPLETED' | 'FAILED';
  /** GRANTED: what was paid for is on. ENDED: this payment gives nothing any more. */
  access: 'PENDING' | 'GRANTED' | 'ENDED';
  tier: string;
  amountInPaisa: number;
  currency: 'INR';
  /** Words for buyers, in English. */
  message: string;
  /** The same as a code; more may come. */
  reason?: StatusReason | undefined;
  retryAfterMs: number;
}

export type StatusReason =
  | 'DECLINED'
  | 'CANCELLED'
  | 'EXPIRED'
  | 'PAGE_EXPIRED'
  | 'IN_DOUBT'
  | 'WITHHELD'
  | 'TIME_OVER'
  | 'TAKEN_BACK'
  | 'PAID_TWICE';

export interface FieldError {
  /** As the request spells it: `billing.gstin`. */
  field: string;
  message: string;
}

/** The 200 of the upgrade call. */
export interface UpgradeAnswer {
  transactionId: string;
  redirectUrl: string;
  amountInPaisa: number;
  expiresAt: string;
  reused: boolean;
}

/** Every other answer; API Gateway's own have `message` alone. */
export interface ErrorAnswer {
  message?: string | undefined;
  error?: ErrorWords | undefined;
  requestId?: string | undefined;
  currentTier?: string | undefined;
  transactionId?: string | undefined;
  planId?: string | undefined;
  redirectUrl?: string | undefined;
}

interface ErrorWords {
  code?: string | undefined;
  message?: string | undefined;
  fields?: FieldError[] | undefined;
}
