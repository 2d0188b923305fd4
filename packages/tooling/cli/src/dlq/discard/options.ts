import type { BulkOptions } from '../bulk/look-first.ts';
import type { FilterOptions } from '../filter-options.ts';

export interface DiscardOptions extends FilterOptions, BulkOptions {
  file?: string;
  json?: boolean;
}
