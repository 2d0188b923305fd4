import { buildHandler } from './composition.ts';

/** `GET /payments/invoices/{transactionId}` on AWS. */
export const handler = buildHandler(process.env);
