import type { PaymentStatusResponse } from '@cloudnestle/contracts/http/payment-status';
import { merchantOrderId, requestId, transactionId } from '../../examples.ts';
import type { OperationDoc } from '../operation.ts';

const pending: PaymentStatusResponse & { requestId: string } = {
  success: true,
  transactionId,
  merchantOrderId,
  phonepeOrderId: 'OMO2511231000000000000001',
  status: 'PENDING',
  amount: 299,
  amountInPaisa: 29_900,
  currency: 'INR',
  tier: 'pro',
  access: 'PENDING',
  message: 'We are waiting for your payment.',
  retryAfterMs: 1000,
  requestId,
};

export const paymentStatus: OperationDoc = {
  route: 'GET /payments/status/{transactionId}',
  operationId: 'getPaymentStatus',
  tag: 'Buyers',
  summary: 'How a payment stands',
  description:
    'For the return page: ask, wait `retryAfterMs`, ask again, until it is 0. It asks no gateway and changes nothing. ' +
    'Every caller who knows the id may ask, so it says nothing of who the buyer is.',
  parameters: [
    {
      name: 'transactionId',
      in: 'path',
      schema: 'TransactionId',
      required: true,
      example: transactionId,
    },
  ],
  answers: [
    {
      status: 200,
      description: 'The order as our books have it, and whether the buyer has what was paid for.',
      schema: 'PaymentStatusAnswer',
      examples: {
        'Waiting for the payment': pending,
        'Paid, access on its way': {
          ...pending,
          status: 'COMPLETED',
          message: 'Payment received. Your upgrade is on its way.',
        },
        'Paid, access granted': {
          ...pending,
          status: 'COMPLETED',
          access: 'GRANTED',
          message: 'Payment received. Your upgrade is active.',
          retryAfterMs: 0,
        },
        'Not paid': {
          ...pending,
          status: 'FAILED',
          message: 'The payment did not go through. You can try again at any time.',
          retryAfterMs: 0,
        },
      },
    },
  ],
  errors: [
    {
      status: 400,
      code: 'INVALID_REQUEST',
      when: 'The id has not the shape of one.',
      message: 'Please check your request: transactionId must be "txn_" and a merchant order id',
      fields: [{ field: 'transactionId', message: 'must be "txn_" and a merchant order id' }],
    },
    { status: 404, code: 'ORDER_NOT_FOUND', when: 'No order has this id.' },
  ],
};
