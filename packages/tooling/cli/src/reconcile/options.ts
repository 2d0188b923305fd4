import type { Consent } from '../operator/confirm-change.ts';
import type { Format } from '../output/parse-format.ts';

export interface ReconcileOptions extends Consent {
  from?: string;
  to?: string;
  repair?: boolean;
  report: Format;
  json?: boolean;
  reveal?: boolean;
  rate: number;
}
