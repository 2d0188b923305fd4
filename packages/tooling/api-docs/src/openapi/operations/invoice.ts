import { transactionId } from '../../examples.ts';
import type { OperationDoc } from '../operation.ts';

export const invoice: OperationDoc = {
  route: 'GET /payments/invoices/{transactionId}',
  operationId: 'getInvoice',
  tag: 'Buyers',
  summary: "An order's invoice as a PDF",
  description:
    'The invoice of a paid order, or with `number` another document of it: a credit note. The token is ' +
    "HMAC-SHA256 with the marketplace's token secret over `invoice:{transactionId}`, in base64url: a shop's server makes it for the " +
    'buyer who is signed in. The same document has the same bytes every time.',
  parameters: [
    {
      name: 'transactionId',
      in: 'path',
      schema: 'TransactionId',
      required: true,
      example: transactionId,
    },
    { name: 'token', in: 'query', schema: 'text', required: true },
    { name: 'number', in: 'query', schema: 'text', example: 'CRN26-0000001' },
  ],
  answers: [{ status: 200, description: 'The PDF.', file: 'application/pdf' }],
  errors: [
    {
      status: 404,
      code: 'DOCUMENT_NOT_FOUND',
      when: 'The order has no such document, or the token is not its own: a stranger does not learn which.',
    },
  ],
};
