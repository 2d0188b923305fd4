import type {
  CallOptions,
  NewRefund,
  RefundAnswer,
  RefundLimits,
  RefundRefused,
} from '@cloudnestle/payments/gateway';
import * as z from 'zod';
import type { CallApi } from './call-api.ts';
import { readErrorCode, readErrorCodes } from './http.ts';
import { optionalAmount, optionalText, parseJsonKeepingDigits, word } from './lenient.ts';
import { explainRefundCodes } from './refund-codes.ts';
import { toRefundState } from './refund-status.ts';

/** 90 days are those of PhonePe's error list; its questions and answers say three months, which is never less. */
export const refundLimits: RefundLimits = {
  windowDays: 90,
  isOneAtATime: true,
  minimumInPaisa: 100,
};

/** PhonePe's rule for a merchantRefundId. */
const REFUND_ID = /^[\w-]{1,63}$/;

/**
 * Asks PhonePe to pay back. One POST on a connection of its own, since no document says what a repeat of an id does: what
 * may have arrived is `unknown`. A 401 was not executed, so that one is made once more with a new token. 429 was turned
 * away at the door (`unreachable`); 408 may have been under way.
 */
export async function refund(
  callApi: CallApi,
  asked: NewRefund,
  { timeoutMs }: CallOptions,
): Promise<RefundAnswer> {
  if (!isWellFormed(asked)) return NOT_SENT;
  const answer = await callApi(
    {
      method: 'POST',
      path: '/payments/v2/refund',
      body: {
        merchantRefundId: asked.merchantRefundId,
        originalMerchantOrderId: asked.merchantOrderId,
        amount: asked.amountInPaisa,
      },
      repeatable: false,
    },
    timeoutMs,
  );
  if (answer.kind === 'failed') {
    return { kind: answer.mayHaveArrived ? 'unknown' : 'unreachable', reason: answer.reason };
  }
  const { status, body } = answer;
  if (status >= 200 && status < 300) return readAccepted(body, asked);
  const reason = `${status} ${readErrorCode(body, status)}`;
  if (status === 429) return { kind: 'unreachable', reason };
  if (status < 400 || status === 408 || status >= 500) return { kind: 'unknown', reason };
  return readRefused(body, status);
}

function isWellFormed({ merchantRefundId, merchantOrderId, amountInPaisa }: NewRefund): boolean {
  return (
    REFUND_ID.test(merchantRefundId) &&
    merchantOrderId !== '' &&
    Number.isSafeInteger(amountInPaisa) &&
    amountInPaisa >= refundLimits.minimumInPaisa
  );
}

/** Refused here, in PhonePe's word for such a request. */
const NOT_SENT: RefundRefused = {
  kind: 'refused',
  code: 'INVALID_REFUND_REQUEST_FIELDS',
  isFinal: true,
};

const acceptedSchema = z.object({
  state: word,
  refundId: optionalText,
  amount: optionalAmount,
  merchantRefundId: optionalText,
});

/** A yes must be a yes to what was asked: an answer over another amount may be about another refund. */
function readAccepted(body: string, asked: NewRefund): RefundAnswer {
  const parsed = acceptedSchema.safeParse(parseJsonKeepingDigits(body));
  if (!parsed.success) return { kind: 'unknown', reason: 'unreadable answer' };
  const { state, refundId, amount, merchantRefundId } = parsed.data;
  if ((amount ?? asked.amountInPaisa) !== asked.amountInPaisa) {
    return { kind: 'unknown', reason: 'the answer names another amount' };
  }
  if ((merchantRefundId ?? asked.merchantRefundId) !== asked.merchantRefundId) {
    return { kind: 'unknown', reason: 'the answer names another refund' };
  }
  return {
    kind: 'accepted',
    state: toRefundState(state),
    gatewayState: state,
    ...(refundId ? { gatewayRefundId: refundId } : {}),
  };
}

function readRefused(body: string, httpStatus: number): RefundRefused {
  const { code, detailedCode } = readErrorCodes(body, httpStatus);
  return {
    kind: 'refused',
    code,
    ...(detailedCode ? { detailedCode } : {}),
    httpStatus,
    ...explainRefundCodes(detailedCode, code),
  };
}
