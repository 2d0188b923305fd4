import { buildHandler } from './composition.ts';

/** The scheduled sweep over documents on AWS. */
export const handler = buildHandler(process.env);
