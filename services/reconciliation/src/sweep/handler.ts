import { buildHandler } from './composition.ts';

/** The scheduled sweep over open orders on AWS. */
export const handler = buildHandler(process.env);
