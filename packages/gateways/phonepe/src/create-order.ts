import type { CallOptions, CreateOrderAnswer, NewOrder } from '@cloudnestle/payments/gateway';
import * as z from 'zod';
import type { CallApi } from './call-api.ts';
import { readErrorCode } from './http.ts';
import { optionalTimestamp, parseJsonKeepingDigits, reference } from './lenient.ts';

const createdSchema = z.object({
  orderId: reference,
  redirectUrl: z.url({ protocol: /^https?$/ }),
  expireAt: optionalTimestamp,
});

/**
 * Opens a payment page. Tried once, since PhonePe's documents do not say what a repeat of an id does: a call that may
 * have arrived is `unknown`. 429 was turned away at the door (`unreachable`); 408 may have been under way.
 */
export async function createOrder(
  callApi: CallApi,
  order: NewOrder,
  { timeoutMs }: CallOptions,
): Promise<CreateOrderAnswer> {
  const answer = await callApi(
    { method: 'POST', path: '/checkout/v2/pay', body: buildPayRequest(order), repeatable: false },
    timeoutMs,
  );
  if (answer.kind === 'failed') {
    return { kind: answer.mayHaveArrived ? 'unknown' : 'unreachable', reason: answer.reason };
  }
  const { status, body } = answer;
  if (status >= 200 && status < 300) return readCreated(body);
  const code = readErrorCode(body, status);
  if (status === 429) return { kind: 'unreachable', reason: `${status} ${code}` };
  if (status < 400 || status === 408 || status >= 500) {
    return { kind: 'unknown', reason: `${status} ${code}` };
  }
  return { kind: 'refused', code, httpStatus: status };
}

function buildPayRequest(order: NewOrder) {
  return {
    merchantOrderId: order.merchantOrderId,
    amount: order.amountInPaisa,
    expireAfter: order.expiresInSeconds,
    paymentFlow: {
      type: 'PG_CHECKOUT',
      ...(order.message ? { message: order.message } : {}),
      merchantUrls: { redirectUrl: order.returnUrl },
    },
  };
}

function readCreated(body: string): CreateOrderAnswer {
  const parsed = createdSchema.safeParse(parseJsonKeepingDigits(body));
  if (!parsed.success) return { kind: 'unknown', reason: 'unreadable answer' };
  const { orderId, redirectUrl, expireAt } = parsed.data;
  return {
    kind: 'created',
    gatewayOrderId: orderId,
    redirectUrl,
    ...(expireAt ? { expiresAt: expireAt } : {}),
  };
}
