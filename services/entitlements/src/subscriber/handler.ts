import { buildHandler } from './composition.ts';

/** Queue subscriber of PaymentCompleted and AccessEnded on AWS: the buyer's entitlement records. */
export const handler = buildHandler(process.env);
