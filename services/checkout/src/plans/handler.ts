import { buildHandler } from './composition.ts';

/** `GET /payments/plans` on AWS. */
export const handler = buildHandler(process.env);
