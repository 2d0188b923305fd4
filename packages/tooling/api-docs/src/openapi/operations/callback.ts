import type { CallbackResponse } from '@cloudnestle/contracts/http/callback';
import { merchantOrderId, requestId, transactionId } from '../../examples/order.ts';
import type { AnswerDoc, ErrorDoc, OperationDoc, ParameterDoc } from '../operation.ts';

const answer: CallbackResponse & { requestId: string } = {
  success: true,
  transactionId,
  merchantOrderId,
  status: 'COMPLETED',
  requestId,
};

const description =
  'The buyer is back from the payment page. What comes in is only a reason to ask the gateway about the order, at most ' +
  'once in a few seconds; of its fields nothing but the id is read. A program is answered JSON. A browser that goes to ' +
  'the address, or posts a form to it, is sent on to the return page of the frontend that the order came from, whatever ' +
  'came out. An answer takes at most 6 s.';

const ids: readonly ParameterDoc[] = [
  { name: 'transactionId', in: 'query', schema: 'TransactionId', example: transactionId },
  {
    name: 'merchantOrderId',
    in: 'query',
    schema: 'MerchantOrderId',
    description: 'Read where there is no `transactionId`.',
  },
];

const answers: readonly AnswerDoc[] = [
  {
    status: 200,
    description:
      "To a program: the order's status, as the gateway says where it was asked, else as our books say.",
    schema: 'CallbackAnswer',
    examples: {
      Paid: answer,
      'Not known yet': { ...answer, status: 'PENDING' },
    },
  },
  {
    status: 303,
    description: 'To a browser: on to the return page, with `?transactionId=`.',
    headers: ['Location'],
  },
];

const errors: readonly ErrorDoc[] = [
  {
    status: 400,
    code: 'INVALID_REQUEST',
    when: 'It names no order.',
    message: 'Please check your request: transactionId is missing',
    fields: [{ field: 'transactionId', message: 'is missing' }],
  },
  { status: 404, code: 'ORDER_NOT_FOUND', when: 'No order has this id.' },
];

export const followCallback: OperationDoc = {
  route: 'GET /payments/callback',
  operationId: 'followCallback',
  tag: 'Buyers',
  summary: 'The browser comes back, by a link',
  description,
  parameters: ids,
  answers,
  errors,
};

export const postCallback: OperationDoc = {
  route: 'POST /payments/callback',
  operationId: 'postCallback',
  tag: 'Buyers',
  summary: 'The browser is back: ask the gateway now',
  description: `${description} A return page posts here once, and then asks for the status.`,
  // The query comes first: it is the address that was given out.
  parameters: ids,
  body: {
    asForm: true,
    examples: {
      'By transaction id': { schema: 'CallbackRequest', value: { transactionId } },
      'By merchant order id': { schema: 'CallbackRequest', value: { merchantOrderId } },
    },
  },
  answers,
  errors,
};
