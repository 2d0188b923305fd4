import type { WebhookResponse } from '@cloudnestle/contracts/http/webhook';
import { merchantOrderId, requestId } from '../../examples/order.ts';
import type { OperationDoc } from '../operation.ts';

const published: WebhookResponse = { success: true, result: 'published', requestId };

export const webhook: OperationDoc = {
  route: 'POST /payments/phonepe-webhook',
  operationId: 'receiveWebhook',
  tag: 'Payment gateway',
  summary: 'The payment gateway tells of an order',
  description:
    'For the payment gateway alone. The raw bytes are authenticated before anything is parsed, and even an authentic body ' +
    "is only a reason to ask for the order's status: outcome and time come from there, identity and amount from our own " +
    'row. An answer takes at most 2.5 s. Whatever is not 200 makes the gateway deliver again; where it never does, the ' +
    "browser's return, the sweep or an operator finds the payment.",
  security: [['webhookSha256'], ['webhookHmacKeyId', 'webhookHmacSignature']],
  body: {
    required: true,
    examples: {
      'An order is paid': {
        schema: 'WebhookRequest',
        value: {
          event: 'checkout.order.completed',
          payload: { merchantOrderId, state: 'COMPLETED', amount: 29_900 },
        },
      },
      'A refund is done': {
        schema: 'WebhookRequest',
        value: {
          event: 'pg.refund.completed',
          payload: {
            originalMerchantOrderId: merchantOrderId,
            merchantRefundId: 'MR-1',
            refundId: 'OMR2511231200000000000001',
            state: 'COMPLETED',
            amount: 29_900,
          },
        },
      },
    },
  },
  answers: [
    {
      status: 200,
      description: [
        '- `published`: the outcome is on the bus',
        '- `duplicate`: it was known already',
        '- `recorded`: a refund or dispute is on the bus',
        '- `ignored`: an event that changes nothing here',
      ].join('\n'),
      schema: 'WebhookAnswer',
      examples: {
        'Put on the bus': published,
        'Known already': { ...published, result: 'duplicate' },
      },
    },
  ],
  errors: [
    {
      status: 400,
      code: 'INVALID_REQUEST',
      when: 'Authentic, and not JSON or no payment callback.',
      message: 'This is no payment callback.',
    },
    {
      status: 401,
      code: 'UNAUTHENTICATED',
      when: 'No authentication, or one that fits none of the credentials.',
      message: 'Not authenticated.',
    },
    {
      status: 404,
      code: 'ORDER_NOT_FOUND',
      when: 'No order of ours has this merchantOrderId or, where none is given, this orderId.',
    },
    {
      status: 422,
      code: 'PAYMENT_MISMATCH',
      when: "The gateway's own answer has another amount than our row, or names another merchant.",
    },
    { status: 503, code: 'NOT_CONFIGURED', when: 'No webhook credentials are configured.' },
  ],
};
