import { type Attempt, type Failure, type Order, paymentModeNames } from './order.ts';

/** How much an attempt tells: webhooks after PhonePe's documents carry neither rail nor instrument. */
export type Detail = 'with-references' | 'without-references';

/** What an order says about itself in a status answer and in a webhook alike. */
export function orderBody(order: Order, attempts: readonly Attempt[], detail: Detail) {
  return {
    orderId: order.orderId,
    state: order.state,
    amount: order.amountInPaisa,
    ...(detail === 'with-references' && order.attempts.length > 0 && fees(order.amountInPaisa)),
    expireAt: order.expireAt,
    paymentDetails: attempts.map((attempt) => attemptBody(attempt, detail)),
    ...(order.metaInfo && { metaInfo: order.metaInfo }),
  };
}

export function codesOf(failure: Failure) {
  return { errorCode: failure.errorCode, detailedErrorCode: failure.detailedErrorCode };
}

export function attemptBody(attempt: Attempt, detail: Detail) {
  return {
    transactionId: attempt.transactionId,
    paymentMode: paymentModeNames[attempt.mode],
    timestamp: attempt.at,
    amount: attempt.amountInPaisa,
    ...(detail === 'with-references' && fees(attempt.amountInPaisa)),
    state: attempt.state,
    ...(attempt.failure && codesOf(attempt.failure)),
    ...(detail === 'with-references' && referencesBody(attempt)),
  };
}

/** Rail and instrument stand at the attempt and again in its only split; of a split payment only in its parts. */
function referencesBody({ references, parts, amountInPaisa }: Attempt) {
  if (!references) return {};
  if (parts) {
    const splitInstruments = parts.map(({ amountInPaisa: amount, ...part }) => ({
      ...part,
      amount,
    }));
    return { splitInstruments };
  }
  const { instrument, rail } = references;
  return { instrument, rail, splitInstruments: [{ instrument, rail, amount: amountInPaisa }] };
}

const fees = (amountInPaisa: number) => ({ payableAmount: amountInPaisa, feeAmount: 0 });
