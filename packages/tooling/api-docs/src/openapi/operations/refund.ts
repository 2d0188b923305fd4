import type { RefundResponse } from '@cloudnestle/contracts/http/refund';
import { requestId, transactionId } from '../../examples.ts';
import type { OperationDoc } from '../operation.ts';

const refundId = 'MR-1f0c9b7a5e3d2c4b6a8f0e1d';
const createdAt = '2025-11-24T09:00:00.000Z';

const reserved: RefundResponse & { requestId: string } = {
  success: true,
  refund: {
    refundId,
    transactionId,
    state: 'RESERVED',
    amountInPaisa: 29_900,
    reason: 'BUYER_REQUEST',
    note: 'case 4711',
    origin: 'OPERATOR',
    requestedBy: '5f2c9a1e-0b7d-4c11-8f3a-6d2e9b4c7a10',
    createdAt,
    updatedAt: createdAt,
  },
  requestId,
};

const completed: RefundResponse & { requestId: string } = {
  success: true,
  refund: {
    ...reserved.refund,
    state: 'COMPLETED',
    gatewayRefundId: 'OMR2511240900000000000001',
    gatewayState: 'COMPLETED',
    updatedAt: '2025-11-24T09:02:00.000Z',
    completedAt: '2025-11-24T09:01:12.000Z',
  },
  requestId,
};

const unauthenticated = {
  status: 401,
  code: 'UNAUTHENTICATED',
  when: 'No token, or one that was made for something else.',
  message: 'Please sign in.',
} as const;
const forbidden = {
  status: 403,
  code: 'FORBIDDEN',
  when: 'Whose token it is, is neither in the admin group nor in the one that repairs.',
  message: 'This is for administrators and operators who repair.',
} as const;

export const refund: OperationDoc = {
  route: 'POST /payments/refunds',
  operationId: 'refund',
  tag: 'Admins',
  summary: 'Pay money of an order back',
  description:
    'Sets the amount aside on the order and answers; the gateway is asked in the next moments, and how it ends is seen at ' +
    '`GET /payments/refunds/{refundId}`. The same `idempotencyKey` of an order is the same refund: a repeat answers it as ' +
    'it stands. A refund of everything ends access once the gateway has completed it; a part leaves access.',
  body: {
    required: true,
    examples: {
      'All that is left': {
        schema: 'RefundRequest',
        value: { transactionId, reason: 'BUYER_REQUEST', idempotencyKey: 'case-4711-all' },
      },
      'A part': {
        schema: 'RefundRequest',
        value: {
          transactionId,
          amountInPaisa: 10_000,
          reason: 'SERVICE_FAILURE',
          note: 'case 4712',
          idempotencyKey: 'case-4712-part',
        },
      },
    },
  },
  answers: [
    {
      status: 202,
      description: 'The refund: its amount is set aside, or it is further on already.',
      schema: 'RefundAnswer',
      examples: { 'Set aside': reserved },
    },
  ],
  errors: [
    {
      status: 400,
      code: 'INVALID_REQUEST',
      when: 'A field is missing or wrong.',
      message: 'Please check your request: reason is missing',
      fields: [{ field: 'reason', message: 'is missing' }],
    },
    unauthenticated,
    forbidden,
    { status: 404, code: 'ORDER_NOT_FOUND', when: 'No order has this id.' },
    {
      status: 409,
      code: 'REFUND_REFUSED',
      when: 'The order cannot be refunded like this: `refusal` says why. A new try takes a new key.',
      message:
        'This cannot be refunded: nothing is left to give back: ₹299 went back, and the rest is on its way',
      extra: { transactionId, refundId, refusal: 'NOTHING_LEFT' },
    },
    {
      status: 409,
      code: 'IDEMPOTENCY_KEY_REUSED',
      when: 'The key stands for another amount, reason or note of this order.',
      extra: { transactionId, refundId },
    },
  ],
};

export const refundStatus: OperationDoc = {
  route: 'GET /payments/refunds/{refundId}',
  operationId: 'refundStatus',
  tag: 'Admins',
  summary: 'Where a refund stands',
  description:
    'COMPLETED, FAILED and REFUSED are final, except that money wins: FAILED may become COMPLETED.',
  parameters: [{ name: 'refundId', in: 'path', schema: 'text', required: true, example: refundId }],
  answers: [
    {
      status: 200,
      description: 'The refund as it stands.',
      schema: 'RefundAnswer',
      examples: { 'Paid back': completed },
    },
  ],
  errors: [
    unauthenticated,
    forbidden,
    { status: 404, code: 'REFUND_NOT_FOUND', when: 'No refund has this id.' },
  ],
};
