import type { Clock } from '@cloudnestle/payments/clock';
import type { PaymentGateway } from '@cloudnestle/payments/gateway';
import type { SendRequest } from '@cloudnestle/payments/gateway-tools';
import { createCallApi } from './call-api.ts';
import { createOrder } from './create-order.ts';
import { createCredentialStore, type ReadCredentials } from './credentials.ts';
import { createSendRequest } from './http.ts';
import { orderStatus } from './order-status.ts';
import { readWebhook } from './read-webhook.ts';
import { refund, refundLimits } from './refund.ts';
import { refundStatus } from './refund-status.ts';
import { createTokenSource } from './token.ts';

export interface PhonePeDependencies {
  /** The secret's content, parsed or as text; `fresh` reads past every cache. May throw: that is "unavailable". */
  readCredentials: ReadCredentials;
  /** The token endpoint's full address, `https://api.phonepe.com/apis/identity-manager/v1/oauth/token`. */
  authUrl: string;
  /** What the API's paths are appended to, `https://api.phonepe.com/apis/pg`. */
  baseUrl: string;
  now: Clock;
  /** 0 to below 1, for the pauses between tries. */
  random: () => number;
  /** One HTTP exchange; node's own HTTP where it is left out. */
  send?: SendRequest;
}

/**
 * PhonePe Standard Checkout V2 behind the port. One per process: it keeps the token, the secret as last read and open
 * connections. Building it reads and sends nothing.
 */
export function createPhonePeGateway(deps: PhonePeDependencies): PaymentGateway {
  const { authUrl, baseUrl, now, random, send = createSendRequest() } = deps;
  const store = createCredentialStore(deps);
  const tokens = createTokenSource({ store, send, authUrl, now, random });
  const callApi = createCallApi({ tokens, send, baseUrl, random });
  return {
    name: 'phonepe',
    createOrder: (order, options) => createOrder(callApi, order, options),
    orderStatus: (id, options) => orderStatus({ callApi, store }, id, options),
    refundLimits,
    refund: (newRefund, options) => refund(callApi, newRefund, options),
    refundStatus: (merchantRefundId, options) => refundStatus(callApi, merchantRefundId, options),
    readWebhook: (request) => readWebhook(store, request),
  };
}
