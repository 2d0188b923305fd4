import type { RefundObstacle } from '@cloudnestle/payments/gateway';

interface Meaning {
  obstacle?: RefundObstacle;
  /** The same request can never be taken. */
  isFinal: boolean;
}

/**
 * PhonePe's codes on refunds (its list of error codes, stage REFUND; the last two only in an integrator's code). What is
 * not listed says nothing.
 */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  BF_034: { obstacle: 'LOW_BALANCE', isFinal: false },
  REFUND_BREACHED: { obstacle: 'LOW_BALANCE', isFinal: false },
  // Documented as too small a balance, read by integrators as more than is left: never repeated blindly.
  EXCESS_REFUND_AMOUNT: { obstacle: 'TOO_MUCH', isFinal: false },
  REFUND_FOR_TXN_OLDER_THAN_LIMIT: { obstacle: 'TOO_OLD', isFinal: true },
  // The older API's word.
  REVERSAL_WINDOW_EXCEEDED: { obstacle: 'TOO_OLD', isFinal: true },
  REFUND_NOT_ALLOWED: { obstacle: 'NOT_REFUNDABLE', isFinal: true },
  TXN_AMOUNT_MISMATCH_REFUND: { obstacle: 'NOT_REFUNDABLE', isFinal: true },
  INVALID_REFUND_REQUEST_FIELDS: { isFinal: true },
  ORIGINAL_TXN_NOT_FOUND: { obstacle: 'UNKNOWN_ORDER', isFinal: true },
  INVALID_MERCHANT_ORDER_ID: { obstacle: 'UNKNOWN_ORDER', isFinal: true },
  PREVIOUS_ORDER_IN_PROGRESS: { obstacle: 'ANOTHER_RUNNING', isFinal: false },
  DUPLICATE_TXN_REQUEST: { obstacle: 'ANOTHER_RUNNING', isFinal: false },
  REFUND_SUBMITTED: { obstacle: 'ANOTHER_RUNNING', isFinal: false },
  REFUND_ALREADY_PROCESSED: { obstacle: 'TOO_MUCH', isFinal: false },
  REFUND_AMOUNT_EXCEEDS_ORIGINAL: { obstacle: 'TOO_MUCH', isFinal: false },
};

/** What PhonePe's codes mean: the first that says something, so give the most detailed first. */
export function explainRefundCodes(...codes: ReadonlyArray<string | undefined>): Meaning {
  const known = codes.find((code) => code !== undefined && Object.hasOwn(MEANINGS, code));
  return (known !== undefined && MEANINGS[known]) || { isFinal: false };
}
