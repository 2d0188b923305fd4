import { buildHandler } from './composition.ts';

/** `POST /payments/refunds` on AWS. */
export const handler = buildHandler(process.env);
