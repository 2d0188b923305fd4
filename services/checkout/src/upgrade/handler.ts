import { buildHandler } from './composition.ts';

/** `POST /payments/upgrade-to-pro` on AWS. */
export const handler = buildHandler(process.env);
