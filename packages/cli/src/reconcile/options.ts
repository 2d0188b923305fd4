import type { Format } from '../output/parse-format.ts';

export interface ReconcileOptions {
  from?: string;
  to?: string;
  repair?: boolean;
  report: Format;
  json?: boolean;
  rate: number;
}
