import type { ReconcileOrderResponse } from '@cloudnestle/contracts/http/reconciliation';
import { merchantOrderId, requestId, transactionId } from '../../examples/order.ts';
import { reportAnswer } from '../../examples/report.ts';
import type { OperationDoc } from '../operation.ts';

const repaired: ReconcileOrderResponse & { requestId: string } = {
  success: true,
  transactionId,
  merchantOrderId,
  marketplace: { status: 'PENDING', amountInPaisa: 29_900, attention: [] },
  gateway: {
    status: 'COMPLETED',
    state: 'COMPLETED',
    amountInPaisa: 29_900,
    completedAt: '2025-11-23T10:00:00.000Z',
  },
  published: { detailType: 'PaymentCompleted', eventId: 'evt_ccb40c6ef2f367da4e1f35bac67b0dfc' },
  access: null,
  review: 'NONE',
  discrepancies: ['NOT_RECORDED'],
  requestId,
};

export const reconcile: OperationDoc = {
  route: 'POST /payments/reconciliation',
  operationId: 'reconcile',
  tag: 'Admins',
  summary: 'Reconcile one order, or report a range of days',
  description:
    'With `transactionId`: asks the gateway about that order and publishes what is missing; a review that its answer fits ' +
    'ends. With `action: generate_report`: a page of the report that the admin page shows; it changes nothing. An answer ' +
    'takes at most 29 s.',
  body: {
    required: true,
    examples: {
      'One order': { schema: 'ReconcileOrderRequest', value: { transactionId } },
      'A report': {
        schema: 'ReportRequest',
        value: {
          action: 'generate_report',
          startDate: '2025-11-01',
          endDate: '2025-11-30',
          filters: { status: 'COMPLETED' },
          limit: 50,
        },
      },
    },
  },
  answers: [
    {
      status: 200,
      description: 'What was found about the order, and what was done.',
      schema: 'ReconcileOrderAnswer',
      examples: { 'A lost webhook': repaired },
    },
    {
      status: 200,
      description: 'The report, one page of it.',
      schema: 'ReportAnswer',
      examples: { 'The first page': reportAnswer },
    },
  ],
  errors: [
    {
      status: 400,
      code: 'INVALID_REQUEST',
      when: 'A field is missing or wrong, the range ends before it starts, or has more than 92 days.',
      message: 'Please check your request: endDate must not be before the start',
      fields: [{ field: 'endDate', message: 'must not be before the start' }],
    },
    {
      status: 401,
      code: 'UNAUTHENTICATED',
      when: 'No token, or one that was made for something else.',
      message: 'Please sign in.',
    },
    {
      status: 403,
      code: 'FORBIDDEN',
      when: 'Whose token it is, is not in the admin group.',
      message: 'This is for administrators.',
    },
    { status: 404, code: 'ORDER_NOT_FOUND', when: 'No order has this id.' },
    {
      status: 422,
      code: 'INVALID_REQUEST',
      when: 'The range holds more orders than one call can read.',
      message: 'The range holds too many orders: choose fewer days.',
    },
    {
      status: 503,
      code: 'GATEWAY_UNAVAILABLE',
      when: 'The gateway or our bus does not answer: nothing was changed.',
      retryAfterSeconds: 30,
      message:
        'The payment provider or our own bus does not answer right now. Nothing was changed.',
    },
  ],
};
