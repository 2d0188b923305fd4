import { buildHandler } from './composition.ts';

/** Queue subscriber of PaymentCompleted and PaymentRefunded on AWS: invoices and credit notes. */
export const handler = buildHandler(process.env);
