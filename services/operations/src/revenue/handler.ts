import { buildHandler } from './composition.ts';

/** The scheduled count of revenue on AWS. */
export const handler = buildHandler(process.env);
