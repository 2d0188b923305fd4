import type { Change } from '@cloudnestle/operations/actions/change';
import type { Platform } from '@cloudnestle/runtime/platform';
import { type Consent, makeChange } from '../operator/confirm-change.ts';
import type { ActingOperator } from '../operator/operator.ts';
import type { Format } from './options.ts';

/** One call of the command. */
export interface ReconcileJob {
  /** Who works, and on which stage. */
  operator: ActingOperator;
  consent: Consent;
  /** The functions' variables on that stage. */
  variables: Readonly<Record<string, string>>;
  platform: Platform;
  format: Format;
  /** Bank references in full. */
  reveal: boolean;
  /** Aborted: no other order is begun. */
  signal: AbortSignal;
}

/** What is printed, text or data, and whether nothing is left to do. */
export interface Printed {
  result: unknown;
  isDone: boolean;
}

/**
 * Makes a change to orders: announced, wanted where it must be, and written down. Nothing a schedule would not do is
 * asked about.
 */
export function changeOrders<Result>(
  { operator, consent }: Pick<ReconcileJob, 'operator' | 'consent'>,
  change: Pick<Change, 'what' | 'target' | 'counts'>,
  work: () => Promise<Result>,
): Promise<Result> {
  return makeChange(operator, { ...change, action: 'reconcile', asks: false }, consent, work);
}
