import type { followPayment } from './follow-payment.js';

/**
 * Announces that the buyer is back, then follows the payment: once that was answered, has failed, or has taken 5 s, so
 * that the first status shown knows what the gateway said.
 */
export function followReturn(
  deps: Parameters<typeof followPayment>[0] & { announce(): Promise<void> },
): Promise<void>;
