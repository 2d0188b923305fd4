import { buildHandler } from './composition.ts';

/** `GET /payments/refunds/{refundId}` on AWS. */
export const handler = buildHandler(process.env);
