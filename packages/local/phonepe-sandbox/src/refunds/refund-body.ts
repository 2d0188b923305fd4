import { paymentModeNames } from '../orders/order.ts';
import type { Refund } from './refund.ts';
import type { RefundRules } from './refund-rules.ts';

/** A refund in PhonePe's words, every field that any of its bodies has: as status answer, and as a webhook's payload. */
export function refundBody(refund: Refund, merchantId: string) {
  const splitInstruments = splitOf(refund);
  return {
    merchantId,
    merchantRefundId: refund.merchantRefundId,
    originalMerchantOrderId: refund.originalMerchantOrderId,
    refundId: refund.refundId,
    amount: refund.amountInPaisa,
    state: refund.state,
    timestamp: refund.changedAt,
    ...refund.failure,
    paymentDetails: [
      {
        transactionId: refund.transactionId,
        paymentMode: paymentModeNames[refund.payment.mode],
        timestamp: refund.changedAt,
        amount: refund.amountInPaisa,
        state: refund.state,
        ...refund.failure,
        ...splitInstruments,
      },
    ],
    ...splitInstruments,
  };
}

/** The status answer, as one of the bodies in circulation or with all that they say. */
export function refundStatusBody(
  refund: Refund,
  merchantId: string,
  way: RefundRules['statusBody'],
): object {
  const all = refundBody(refund, merchantId);
  switch (way) {
    case 'all':
      return all;
    case 'documented':
      return documentedBody(all);
    case 'clients':
      return clientsBody(all);
    case 'newest':
      return { ...documentedBody(all), ...newestFields(refund) };
  }
}

type AllFields = ReturnType<typeof refundBody>;

/** As the documents have it: neither our id nor the merchant's, no attempts, and empty codes on a success. */
export function documentedBody(all: AllFields): object {
  const {
    merchantId: _merchant,
    merchantRefundId: _ours,
    paymentDetails: _attempts,
    ...body
  } = all;
  return { errorCode: '', detailedErrorCode: '', ...body };
}

/** As the official clients read it: our id and the merchant's at the root, PhonePe's id, time and codes at the attempt. */
function clientsBody(all: AllFields): object {
  const { merchantId, merchantRefundId, originalMerchantOrderId, amount, state, refundId } = all;
  const paymentDetails = all.paymentDetails.map((each) => ({ ...each, transactionId: refundId }));
  return { merchantId, merchantRefundId, originalMerchantOrderId, amount, state, paymentDetails };
}

function newestFields({ amountInPaisa, state, payment }: Refund) {
  return {
    currency: 'INR',
    feesReversalAmount: 0,
    adjustedDiscountAmount: 0,
    refundableAmount: amountInPaisa,
    ...(payment.mode === 'UPI' &&
      state === 'COMPLETED' && { phonepeTPAPTxnDetailsLink: 'https://phon.pe/abcd1234' }),
  };
}

/**
 * The way the money goes back: each part of a split payment to its own source, from the first to the last, after what
 * earlier refunds took. A UPI refund has a UTR of its own.
 */
function splitOf({ payment, state, utr, amountInPaisa, takenBefore }: Refund) {
  if (!payment.references || state !== 'COMPLETED') return {};
  const parts = payment.parts ?? [{ ...payment.references, amountInPaisa: payment.amountInPaisa }];
  let start = 0;
  const splitInstruments = parts.flatMap(({ instrument, rail, amountInPaisa: whole }) => {
    const from = Math.max(start, takenBefore);
    const to = Math.min(start + whole, takenBefore + amountInPaisa);
    start += whole;
    if (to <= from) return [];
    const ownRail = rail.type === 'UPI' && utr ? { ...rail, utr } : rail;
    return [{ instrument, rail: ownRail, amount: to - from }];
  });
  return { splitInstruments };
}
