import type { CallOptions, RefundStatusAnswer } from '@cloudnestle/payments/gateway';
import * as z from 'zod';
import { askStatus, type CallApi, toPathSegment } from './call-api.ts';
import { amount, optionalText, text } from './lenient.ts';

/** Named after the codes for orders: PhonePe's documents show no answer about an unknown refund. */
const UNKNOWN_REFUND_CODES: ReadonlySet<string> = new Set([
  'INVALID_MERCHANT_REFUND_ID',
  'MERCHANT_REFUND_MAPPING_NOT_FOUND',
  'REFUND_NOT_FOUND',
]);

const refundSchema = z.object({
  state: text,
  amount,
  refundId: optionalText,
  originalMerchantOrderId: optionalText,
});

/** `CONFIRMED` (accepted, not final) and every word not in the documents is `OTHER`. */
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
    read: readRefundStatus,
  });
}

function readRefundStatus(json: unknown) {
  const parsed = refundSchema.safeParse(json);
  if (!parsed.success) return undefined;
  const { state, amount, refundId, originalMerchantOrderId } = parsed.data;
  return {
    kind: 'found' as const,
    state: toRefundState(state),
    gatewayState: state,
    amountInPaisa: amount,
    ...(refundId ? { gatewayRefundId: refundId } : {}),
    ...(originalMerchantOrderId ? { merchantOrderId: originalMerchantOrderId } : {}),
  };
}

function toRefundState(state: string): 'PENDING' | 'COMPLETED' | 'FAILED' | 'OTHER' {
  return state === 'PENDING' || state === 'COMPLETED' || state === 'FAILED' ? state : 'OTHER';
}
