import { buildHandler } from './composition.ts';

/** Subscriber to the payment events on AWS: the buyer's emails. */
export const handler = buildHandler(process.env);
