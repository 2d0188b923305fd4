import { buildHandler } from './composition.ts';

/** Queue subscriber of outcomes and gateway events on AWS: the transaction record. */
export const handler = buildHandler(process.env);
