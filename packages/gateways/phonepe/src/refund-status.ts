import type {
  CallOptions,
  RefundState,
  RefundStatus,
  RefundStatusAnswer,
} from '@cloudnestle/payments/gateway';
import * as z from 'zod';
import { askStatus, type CallApi, toPathSegment } from './call-api.ts';
import { amount, listOf, optionalText, optionalTimestamp, text } from './lenient.ts';
import { explainRefundCodes } from './refund-codes.ts';

/** Named after the codes for orders: PhonePe's documents show no answer about an unknown refund. */
const UNKNOWN_REFUND_CODES: ReadonlySet<string> = new Set([
  'INVALID_MERCHANT_REFUND_ID',
  'MERCHANT_REFUND_MAPPING_NOT_FOUND',
  'REFUND_NOT_FOUND',
]);

const errorCodesShape = { errorCode: optionalText, detailedErrorCode: optionalText };

const attemptSchema = z.object({
  ...errorCodesShape,
  state: optionalText,
  transactionId: optionalText,
  timestamp: optionalTimestamp,
});

/**
 * Three generations of bodies are about. The older and the newest keep id, time and codes at the root; the one of the
 * official clients in `paymentDetails`, with our own id and the merchant's at the root.
 */
const refundSchema = z.object({
  ...errorCodesShape,
  state: text,
  amount,
  refundId: optionalText,
  merchantRefundId: optionalText,
  originalMerchantOrderId: optionalText,
  timestamp: optionalTimestamp,
  paymentDetails: listOf(attemptSchema),
});

type AttemptBody = z.infer<typeof attemptSchema>;

/** The root's state decides: an attempt in it may say otherwise. */
export async function refundStatus(
  callApi: CallApi,
  merchantRefundId: string,
  { timeoutMs }: CallOptions,
): Promise<RefundStatusAnswer> {
  const id = toPathSegment(merchantRefundId);
  return askStatus(callApi, {
    path: id && `/payments/v2/refund/${id}/status`,
    timeoutMs,
    unknownIdCodes: UNKNOWN_REFUND_CODES,
    read: (json) => {
      const status = readRefundStatus(json, merchantRefundId);
      return status && { kind: 'found' as const, ...status };
    },
  });
}

/** Reads the status of one refund. Undefined where the body has no state or no amount, or names another refund. */
export function readRefundStatus(
  json: unknown,
  merchantRefundId: string,
): RefundStatus | undefined {
  const parsed = refundSchema.safeParse(json);
  if (!parsed.success) return undefined;
  const { state, amount, originalMerchantOrderId, ...body } = parsed.data;
  if ((body.merchantRefundId ?? merchantRefundId) !== merchantRefundId) return undefined;
  const attempt = findAttempt(body.paymentDetails, state);
  const refundId = body.refundId ?? attempt?.transactionId;
  const at = body.timestamp ?? (attempt?.state === state ? attempt.timestamp : undefined);
  return {
    state: toRefundState(state),
    gatewayState: state,
    amountInPaisa: amount,
    ...(refundId ? { gatewayRefundId: refundId } : {}),
    ...(originalMerchantOrderId ? { merchantOrderId: originalMerchantOrderId } : {}),
    ...(at ? { at } : {}),
    ...(state === 'FAILED' ? readFailure(body, attempt) : {}),
  };
}

/** The attempt that the root's state speaks of: the latest in that state, else the latest of all. */
function findAttempt(attempts: readonly AttemptBody[], state: string): AttemptBody | undefined {
  const inState = attempts.filter((attempt) => attempt.state === state);
  return (inState.length > 0 ? inState : attempts)
    .toSorted((a, b) => (a.timestamp ?? '').localeCompare(b.timestamp ?? ''))
    .at(-1);
}

function readFailure(
  body: Pick<AttemptBody, 'errorCode' | 'detailedErrorCode'>,
  attempt: AttemptBody | undefined,
): Pick<RefundStatus, 'errorCode' | 'detailedErrorCode' | 'obstacle'> {
  const errorCode = body.errorCode ?? attempt?.errorCode;
  const detailedErrorCode = body.detailedErrorCode ?? attempt?.detailedErrorCode;
  const { obstacle } = explainRefundCodes(detailedErrorCode, errorCode);
  return {
    ...(errorCode ? { errorCode } : {}),
    ...(detailedErrorCode ? { detailedErrorCode } : {}),
    ...(obstacle ? { obstacle } : {}),
  };
}

const STATES: Readonly<Record<string, RefundState>> = {
  PENDING: 'PENDING',
  CONFIRMED: 'CONFIRMED',
  COMPLETED: 'COMPLETED',
  FAILED: 'FAILED',
};

/** `OTHER` for every word that is not in the documents. */
export function toRefundState(state: string): RefundState {
  return (Object.hasOwn(STATES, state) && STATES[state]) || 'OTHER';
}
