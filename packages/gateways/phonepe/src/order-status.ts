import type {
  CallOptions,
  OrderStatus,
  OrderStatusAnswer,
  PaymentAttempt,
} from '@cloudnestle/payments/gateway';
import { askStatus, type CallApi, toPathSegment } from './call-api.ts';
import type { CredentialStore, CredentialsAnswer } from './credentials.ts';
import { type AttemptBody, mapInstrument, type OrderBody, orderBodySchema } from './order-body.ts';
import { orWhenOver, withinBudget } from './waiting.ts';

const UNKNOWN_ORDER_CODES: ReadonlySet<string> = new Set([
  'INVALID_MERCHANT_ORDER_ID',
  'MERCHANT_ORDER_MAPPING_NOT_FOUND',
  'ORDER_NOT_FOUND',
]);

/**
 * Asks with details (every attempt, not only the last) and with the context of an error. Whose order it is, is judged by
 * the secret's merchant id as it is now, never by the one that a kept token was got with: before an answer counts as
 * another merchant's, the secret is read again (at most once in 30 s).
 */
export function orderStatus(
  deps: { callApi: CallApi; store: CredentialStore },
  merchantOrderId: string,
  { timeoutMs }: CallOptions,
): Promise<OrderStatusAnswer> {
  const id = toPathSegment(merchantOrderId);
  return withinBudget(timeoutMs, async (signal) => {
    const answer = await askStatus(deps.callApi, {
      path: id && `/checkout/v2/order/${id}/status?details=true&errorContext=true`,
      timeoutMs,
      unknownIdCodes: UNKNOWN_ORDER_CODES,
      read: (json) => {
        const isReadable = readOrderStatus(json, { merchantId: '', merchantOrderId });
        return isReadable && { kind: 'read' as const, json };
      },
    });
    if (answer.kind !== 'read') return answer;
    const judgeBy = (secret: CredentialsAnswer): OrderStatusAnswer => {
      if (secret.kind === 'unavailable') return unjudged(secret.reason);
      const { merchantId } = secret.credentials;
      const status = readOrderStatus(answer.json, { merchantId, merchantOrderId });
      return status ? { kind: 'found', ...status } : unjudged('unreadable answer');
    };
    const byKept = judgeBy(await orWhenOver(signal, deps.store.current(), TOO_SLOW));
    if (byKept.kind === 'found' && byKept.isOurs) return byKept;
    return judgeBy(await orWhenOver(signal, deps.store.rereadUnlessRecent(), TOO_SLOW));
  });
}

const TOO_SLOW: CredentialsAnswer = { kind: 'unavailable', reason: 'the secret: timed out' };

function unjudged(reason: string): OrderStatusAnswer {
  return { kind: 'unreachable', reason, isAnswered: true };
}

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

const CANCELLED_CODES = new Set(['ORDER_CANCELLED_BY_USER', 'TXN_CANCELLED']);
/** An unpaid QR ends as TXN_NOT_COMPLETED, not as ORDER_EXPIRED. */
const EXPIRED_CODES = new Set(['ORDER_EXPIRED', 'TXN_NOT_COMPLETED']);

/**
 * Why a FAILED order failed. The order's own codes (root and errorContext) decide; where it names none, those of its
 * latest attempt. Without any code it was declined if an attempt failed, and ran out if none did.
 */
function findFailure(body: OrderBody): NonNullable<OrderStatus['failure']> {
  const context = body.errorContext;
  const own = toCodes(
    body.errorCode,
    body.detailedErrorCode,
    context?.errorCode,
    context?.detailedErrorCode,
  );
  const latest = findLatest(body.paymentDetails);
  const codes = own.length ? own : toCodes(latest?.errorCode, latest?.detailedErrorCode);
  if (codes.some((code) => CANCELLED_CODES.has(code))) return 'CANCELLED';
  if (codes.some((code) => EXPIRED_CODES.has(code))) return 'EXPIRED';
  const wasTried = codes.length > 0 || body.paymentDetails.some(hasFailed);
  return wasTried ? 'DECLINED' : 'EXPIRED';
}

function toCodes(...codes: ReadonlyArray<string | undefined>): string[] {
  return codes.filter((code) => code !== undefined);
}

/** By time; attempts without one come first, in the order given. */
function findLatest(attempts: readonly AttemptBody[]): AttemptBody | undefined {
  return attempts.toSorted((a, b) => (a.timestamp ?? '').localeCompare(b.timestamp ?? '')).at(-1);
}

function hasFailed(attempt: AttemptBody): boolean {
  return attempt.state === 'FAILED';
}
