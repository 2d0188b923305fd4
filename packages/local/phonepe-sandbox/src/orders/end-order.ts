import type { PayRequest } from '../api/request-schemas.ts';
import type { Ids } from '../create-ids.ts';
import {
  type Attempt,
  buildParts,
  buildReferences,
  failureOf,
  type Order,
  type Outcome,
  type PaymentMode,
} from './order.ts';

interface BuildOrderPorts {
  ids: Ids;
  now: () => Date;
  /** Address of the hosted pages. */
  checkoutBase: string;
}

/** A new order, PENDING until its time is over. */
export function buildOrder(
  request: PayRequest,
  { ids, now, checkoutBase }: BuildOrderPorts,
): Order {
  const createdAt = now().getTime();
  const expireAt = createdAt + request.expireAfter * 1000;
  const orderId = ids.order();
  const checkoutToken = ids.token({ expiresOn: expireAt, orderId });
  const { message, merchantUrls } = request.paymentFlow;
  return {
    merchantOrderId: request.merchantOrderId,
    orderId,
    state: 'PENDING',
    amountInPaisa: request.amount,
    createdAt,
    expireAt,
    checkoutUrl: `${checkoutBase}/${orderId}?token=${checkoutToken}`,
    checkoutToken,
    redirectUrl: merchantUrls.redirectUrl,
    ...(message !== undefined && { message }),
    ...(request.metaInfo && { metaInfo: request.metaInfo }),
    attempts: [],
  };
}

export interface Ending {
  outcome: Outcome;
  mode: PaymentMode;
  /** When it happens. */
  at: Date;
  /** A first attempt fails, the order stays PENDING, a second attempt brings the outcome. */
  secondAttempt?: boolean;
  /** Two attempts complete: the money is taken twice. Only with COMPLETED. */
  paidTwice?: boolean;
  /** The order's amount from here on: PhonePe's word differs from what the merchant asked for. */
  amountInPaisa?: number;
}

/** The order after each thing that happened; the last is its end. */
export function endOrder(order: Order, ending: Ending, ids: Ids): [...Order[], Order] {
  const repriced = { ...order, amountInPaisa: ending.amountInPaisa ?? order.amountInPaisa };
  if (ending.paidTwice && ending.outcome === 'COMPLETED') {
    const once = complete(repriced, ending.mode, ending.at, ids);
    const later = new Date(ending.at.getTime() + SECONDS_BETWEEN_PAYMENTS * 1000);
    return [complete(once, ending.mode, later, ids)];
  }
  if (!ending.secondAttempt) return [applyOutcome(repriced, ending, ids)];
  const retried = withFailedAttempt(repriced, ending, ids);
  return [retried, applyOutcome(retried, ending, ids)];
}

function applyOutcome(order: Order, { outcome, mode, at }: Ending, ids: Ids): Order {
  if (outcome === 'COMPLETED') return complete(order, mode, at, ids);
  const failure = failureOf(outcome, mode);
  if (outcome === 'FAILED') {
    const attempt = failedAttempt(order, mode, at.getTime(), ids);
    return { ...order, state: 'FAILED', failure, attempts: [...order.attempts, attempt] };
  }
  // PhonePe never reports an expiry before expireAt, so an early "let it expire" brings that time forward.
  const expireAt = outcome === 'EXPIRED' ? Math.min(order.expireAt, at.getTime()) : order.expireAt;
  return { ...order, state: 'FAILED', failure, expireAt };
}

function complete(order: Order, mode: PaymentMode, at: Date, ids: Ids): Order {
  const { failure: _gone, ...paid } = order;
  const transactionId = ids.transaction();
  const references = buildReferences(mode, ids);
  const parts = buildParts(mode, references, order.amountInPaisa);
  const attempt: Attempt = {
    transactionId,
    mode,
    at: at.getTime(),
    amountInPaisa: order.amountInPaisa,
    state: 'COMPLETED',
    references,
    ...(parts && { parts }),
  };
  return { ...paid, state: 'COMPLETED', attempts: [...order.attempts, attempt] };
}

const SECONDS_BETWEEN_ATTEMPTS = 5;
const SECONDS_BETWEEN_PAYMENTS = 6;

function withFailedAttempt(order: Order, { mode, at }: Ending, ids: Ids): Order {
  const earlier = Math.max(order.createdAt, at.getTime() - SECONDS_BETWEEN_ATTEMPTS * 1000);
  return { ...order, attempts: [...order.attempts, failedAttempt(order, mode, earlier, ids)] };
}

function failedAttempt(order: Order, mode: PaymentMode, at: number, ids: Ids): Attempt {
  return {
    transactionId: ids.transaction(),
    mode,
    at,
    amountInPaisa: order.amountInPaisa,
    state: 'FAILED',
    failure: failureOf('FAILED', mode),
  };
}
