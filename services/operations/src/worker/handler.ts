import { buildHandler } from './composition.ts';

/** The worker on AWS, fed by the job queue. */
export const handler = buildHandler(process.env);
