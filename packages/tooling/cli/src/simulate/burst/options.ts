import type { FaultName } from './fates.ts';

/** The shares of payments that meet each fault, 0 to 1. */
export type Shares = Record<FaultName, number>;

export interface BurstOptions extends Shares {
  concurrency: number;
  /** Payments begun in a second at most. */
  rate?: number;
  seed?: number;
  /** Seconds. */
  wait: number;
  sweep?: boolean;
  yes?: boolean;
  stage?: string;
  json?: boolean;
}
