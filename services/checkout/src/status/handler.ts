import { buildHandler } from './composition.ts';

/** `GET /payments/status/{transactionId}` on AWS. */
export const handler = buildHandler(process.env);
