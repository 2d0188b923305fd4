import type { CallOptions, OrderStatusAnswer } from '@cloudnestle/payments/gateway';
import { readOrderStatus } from '../order/read-order-status.ts';
import { askStatus, toPathSegment } from './ask-status.ts';
import type { CallApi } from './call-api.ts';

const UNKNOWN_ORDER_CODES: ReadonlySet<string> = new Set([
  'INVALID_MERCHANT_ORDER_ID',
  'MERCHANT_ORDER_MAPPING_NOT_FOUND',
  'ORDER_NOT_FOUND',
]);

/** Asks with details (every attempt, not only the last) and with the context of an error. */
export async function orderStatus(
  callApi: CallApi,
  merchantOrderId: string,
  { timeoutMs }: CallOptions,
): Promise<OrderStatusAnswer> {
  const id = toPathSegment(merchantOrderId);
  return askStatus(callApi, {
    path: id && `/checkout/v2/order/${id}/status?details=true&errorContext=true`,
    timeoutMs,
    unknownIdCodes: UNKNOWN_ORDER_CODES,
    read: (json, merchantId) => {
      const status = readOrderStatus(json, { merchantId, merchantOrderId });
      return status && { kind: 'found' as const, ...status };
    },
  });
}
