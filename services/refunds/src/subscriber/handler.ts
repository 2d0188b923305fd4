import { buildHandler } from './composition.ts';

/** Queue subscriber of refunds on AWS: has the gateway pay back, and asks about refunds that it spoke of. */
export const handler = buildHandler(process.env);
