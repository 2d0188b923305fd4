import type { BulkOptions } from '../bulk/look-first.ts';
import type { FilterOptions } from '../filter-options.ts';

export interface ReplayOptions extends FilterOptions, BulkOptions {
  force?: boolean;
  rate?: number;
  /** Seconds. */
  watch: number;
  json?: boolean;
}
