import { paymentModeNames } from '../orders/references.ts';
import type { Refund } from './refund.ts';

export const refundFailure = {
  errorCode: 'REFUND_BREACHED',
  detailedErrorCode: 'BF_034',
} as const;

/** A refund in PhonePe's words: as status answer, and as a webhook's payload. */
export function refundBody(refund: Refund, merchantId: string) {
  const failure = refund.state === 'FAILED' ? refundFailure : {};
  const splitInstruments = splitOf(refund);
  return {
    merchantId,
    merchantRefundId: refund.merchantRefundId,
    originalMerchantOrderId: refund.originalMerchantOrderId,
    refundId: refund.refundId,
    amount: refund.amountInPaisa,
    state: refund.state,
    timestamp: refund.endedAt ?? refund.createdAt,
    ...failure,
    paymentDetails: [
      {
        transactionId: refund.transactionId,
        paymentMode: paymentModeNames[refund.payment.mode],
        timestamp: refund.endedAt ?? refund.createdAt,
        amount: refund.amountInPaisa,
        state: refund.state,
        ...failure,
        ...splitInstruments,
      },
    ],
    ...splitInstruments,
  };
}

/** The way the money goes back; a UPI refund has a UTR of its own. */
function splitOf({ payment, state, utr, amountInPaisa }: Refund) {
  if (!payment.references || state !== 'COMPLETED') return {};
  const { instrument, rail } = payment.references;
  const ownRail = rail.type === 'UPI' && utr ? { ...rail, utr } : rail;
  return { splitInstruments: [{ instrument, rail: ownRail, amount: amountInPaisa }] };
}
