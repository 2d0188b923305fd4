import type { Refund } from '../refunds/refund.ts';
import { documentedBody, refundBody } from '../refunds/refund-body.ts';
import type { RefundWebhookBody } from '../refunds/refund-rules.ts';
import { envelope, type WebhookMessage } from './build-webhook.ts';
import type { WebhookVariant } from './webhook-options.ts';

/** What PhonePe says about a refund now; `shape` is one of the bodies in circulation. */
export function buildRefundWebhook(
  refund: Refund,
  merchantId: string,
  { variant, shape = 'full' }: { variant: WebhookVariant; shape?: RefundWebhookBody },
): WebhookMessage {
  const event = eventsByState[refund.state];
  const about = refund.merchantRefundId;
  const payload = payloads[shape](refund, merchantId);
  // One sample of the documents has neither event nor payload: it is the status answer.
  const body = shape === 'noWrapper' ? payload : envelope(event, payload, variant);
  return { event, about, body };
}

const eventsByState = {
  PENDING: 'pg.refund.accepted',
  CONFIRMED: 'pg.refund.accepted',
  COMPLETED: 'pg.refund.completed',
  FAILED: 'pg.refund.failed',
} as const;

type Payload = (refund: Refund, merchantId: string) => object;

const payloads: Readonly<Record<RefundWebhookBody, Payload>> = {
  full: refundBody,
  idsOnly: ({ merchantRefundId, refundId }) => ({ merchantRefundId, refundId }),
  /** As in the tests of PhonePe's own clients: its id of the order, and an attempt. */
  noRefundIds: (refund, merchantId) => {
    const paymentDetails = refundBody(refund, merchantId).paymentDetails.map(
      ({ transactionId: _none, ...attempt }) => attempt,
    );
    return { orderId: refund.orderId, paymentDetails };
  },
  gatewayIdOnly: (refund, merchantId) => {
    const { refundId, amount, state, paymentDetails } = refundBody(refund, merchantId);
    return {
      originalMerchantOrderId: '',
      refundId,
      amount,
      state,
      ...refund.failure,
      paymentDetails,
    };
  },
  noWrapper: (refund, merchantId) => documentedBody(refundBody(refund, merchantId)),
};
