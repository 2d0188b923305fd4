import type { KnownQueue } from '../queues/known-queue.ts';

/** What should lead from the bus to one queue. */
export interface WantedRule {
  bus: string;
  detailTypes: readonly string[];
  queue: KnownQueue;
  /** Where what cannot be delivered goes. */
  delivery: KnownQueue;
}
