import { buildHandler } from './composition.ts';

/** `POST /api/validate-solution-token` on AWS. */
export const handler = buildHandler(process.env);
