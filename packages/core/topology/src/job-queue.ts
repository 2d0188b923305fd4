import { WORKER_CONCURRENCY } from './functions/operations.ts';
import { findFunction } from './functions.ts';
import { VISIBILITY_FACTOR } from './subscriptions.ts';
import type { WorkQueue } from './types.ts';

/**
 * What operators have the worker do: one message a job. The worker keeps its message hidden while it works, and its job's
 * row says how far it has come, so a killed run is taken up by the next delivery.
 */
export const jobQueue: WorkQueue & { function: 'operations' } = {
  function: 'operations',
  queue: 'marketplace-payments-operations',
  deadLetterQueue: 'marketplace-payments-operations-dlq',
  batchSize: 1,
  batchWindowSeconds: 0,
  maximumConcurrency: WORKER_CONCURRENCY,
  visibilityTimeoutSeconds: findFunction('operations').timeoutSeconds * VISIBILITY_FACTOR,
};
