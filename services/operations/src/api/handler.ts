import { buildHandler } from './composition.ts';

/** The routes below `/payments/admin/` on AWS. */
export const handler = buildHandler(process.env);
