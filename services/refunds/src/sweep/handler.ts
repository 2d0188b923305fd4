import { buildHandler } from './composition.ts';

/** The scheduled sweep over refunds that are not over on AWS. */
export const handler = buildHandler(process.env);
