import { buildHandler } from './composition.ts';

/** `POST /payments/phonepe-webhook` on AWS. */
export const handler = buildHandler(process.env);
