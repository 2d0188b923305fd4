import { buildHandler } from './composition.ts';

/** `POST /payments/reconciliation` on AWS. */
export const handler = buildHandler(process.env);
