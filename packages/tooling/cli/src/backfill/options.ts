import type { Consent } from '../operator/confirm-change.ts';

export interface BackfillOptions extends Consent {
  dryRun?: boolean;
  /** Rows in a second. */
  rate: number;
  json?: boolean;
}
