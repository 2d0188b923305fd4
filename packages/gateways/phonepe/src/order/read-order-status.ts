import type { OrderStatus, PaymentAttempt } from '@cloudnestle/payments/gateway';
import { findFailure } from './find-failure.ts';
import { mapInstrument } from './map-instrument.ts';
import { type AttemptBody, type OrderBody, orderBodySchema } from './order-body.ts';

/**
 * Reads the status of one order. The root state decides; an attempt may have failed in an order that is still open.
 * Undefined where the body has no state or no amount.
 */
export function readOrderStatus(
  json: unknown,
  asked: { merchantId: string; merchantOrderId: string },
): OrderStatus | undefined {
  const parsed = orderBodySchema.safeParse(json);
  if (!parsed.success) return undefined;
  const body = parsed.data;
  const state = toOrderState(body.state);
  const errorCode = body.errorCode ?? body.errorContext?.errorCode ?? body.detailedErrorCode;
  return {
    state,
    gatewayState: body.state,
    ...(body.orderId ? { gatewayOrderId: body.orderId } : {}),
    amountInPaisa: body.amount,
    ...(body.currency ? { currency: body.currency.toUpperCase() } : {}),
    ...(body.merchantId ? { merchantId: body.merchantId } : {}),
    isOurs:
      (body.merchantId ?? asked.merchantId) === asked.merchantId &&
      (body.merchantOrderId ?? asked.merchantOrderId) === asked.merchantOrderId,
    ...(state === 'FAILED' ? { failure: findFailure(body) } : {}),
    ...(errorCode ? { errorCode } : {}),
    attempts: body.paymentDetails.map((attempt) => readAttempt(attempt, body)),
  };
}

function readAttempt(attempt: AttemptBody, order: OrderBody): PaymentAttempt {
  const instrument = mapInstrument(attempt);
  return {
    state: toAttemptState(attempt, order),
    ...(attempt.timestamp ? { at: attempt.timestamp } : {}),
    ...(attempt.transactionId ? { gatewayTransactionId: attempt.transactionId } : {}),
    ...(instrument ? { instrument } : {}),
  };
}

function toOrderState(state: string): OrderStatus['state'] {
  return state === 'EXPIRED' ? state : toState(state);
}

/** An only attempt that names no state is the one the order's state speaks of. */
function toAttemptState(attempt: AttemptBody, order: OrderBody): PaymentAttempt['state'] {
  const isOnlyOne = order.paymentDetails.length === 1;
  return toState(attempt.state ?? (isOnlyOne ? order.state : ''));
}

function toState(state: string): PaymentAttempt['state'] {
  return state === 'PENDING' || state === 'COMPLETED' || state === 'FAILED' ? state : 'OTHER';
}
