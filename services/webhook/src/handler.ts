import { buildHandler } from './composition.ts';

/** The webhook routes of all gateways on AWS. */
export const handler = buildHandler(process.env);
