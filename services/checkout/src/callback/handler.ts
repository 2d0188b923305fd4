import { buildHandler } from './composition.ts';

/** `GET` and `POST /payments/callback` on AWS. */
export const handler = buildHandler(process.env);
