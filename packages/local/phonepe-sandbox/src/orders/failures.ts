import type { Outcome, PaymentMode } from './outcome.ts';

/** PhonePe's words for why a payment or an order failed. */
export interface Failure {
  readonly errorCode: string;
  readonly detailedErrorCode: string;
  readonly source: 'CUSTOMER' | 'BANK';
  readonly stage: 'AUTHENTICATION' | 'AUTHORIZATION' | 'INITIATION';
  readonly description: string;
}

/** Why a whole order ended without money. Detailed codes: PhonePe's error code page. */
export function failureOf(outcome: Exclude<Outcome, 'COMPLETED'>, mode: PaymentMode): Failure {
  if (outcome === 'FAILED') return declined[mode];
  return outcome === 'CANCELLED' ? cancelled : expired;
}

const cancelled: Failure = {
  errorCode: 'TXN_CANCELLED',
  detailedErrorCode: 'ORDER_CANCELLED_BY_USER',
  source: 'CUSTOMER',
  stage: 'INITIATION',
  description: 'The buyer left the payment page',
};

const expired: Failure = {
  errorCode: 'TXN_NOT_COMPLETED',
  detailedErrorCode: 'ORDER_EXPIRED',
  source: 'CUSTOMER',
  stage: 'INITIATION',
  description: 'The order was not paid in time',
};

const declined: Record<PaymentMode, Failure> = {
  UPI: {
    errorCode: 'INVALID_MPIN',
    detailedErrorCode: 'ZM',
    source: 'CUSTOMER',
    stage: 'AUTHENTICATION',
    description: 'The UPI PIN was wrong',
  },
  CARD: {
    errorCode: 'AUTHORIZATION_ERROR',
    detailedErrorCode: 'TXN_AUTO_FAILED',
    source: 'BANK',
    stage: 'AUTHORIZATION',
    description: 'The bank declined the card',
  },
  NET_BANKING: {
    errorCode: 'PAYMENT_ERROR',
    detailedErrorCode: 'TXN_AUTO_FAILED',
    source: 'BANK',
    stage: 'AUTHORIZATION',
    description: 'The bank declined the payment',
  },
};
