export type PaymentMode = 'UPI' | 'CARD' | 'NET_BANKING';

/** What a person can do on the hosted page, or time instead of them. */
export type Outcome = 'COMPLETED' | 'FAILED' | 'CANCELLED' | 'EXPIRED';
