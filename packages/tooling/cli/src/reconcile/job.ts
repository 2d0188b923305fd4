import { repairable } from '@cloudnestle/operations/reconcile/examine-order';
import type { RangeEntry } from '@cloudnestle/operations/reconcile/reconcile-range';
import type { Publish } from '@cloudnestle/payments/build-events';
import type { Platform } from '@cloudnestle/runtime/platform';
import { type Change, type Consent, makeChange } from '../operator/confirm-change.ts';
import type { Operator } from '../operator/operator.ts';
import type { Format } from './options.ts';

/** One call of the command. */
export interface ReconcileJob {
  /** Who works, and on which stage. */
  operator: Operator;
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

/** Who published, as the events say it. */
export function buildTrigger({ platform }: Pick<ReconcileJob, 'platform'>) {
  return {
    producer: 'cli',
    causationId: platform.newId(),
    gatewayEvent: 'manual',
  };
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

/** Counts what was put on the bus, at once: what breaks afterwards does not undo it. */
export function countPublished<Books extends { publish: Publish }>(
  books: Books,
  counts: { published: number },
): Books {
  return {
    ...books,
    publish: async (event) => {
      const answer = await books.publish(event);
      if (answer.kind === 'published') counts.published += 1;
      return answer;
    },
  };
}

/** Whether an operator still has to do something about an order: what was published repairs only what can be repaired. */
export function isLeftToDo(outcome: RangeEntry['outcome']): boolean {
  if (outcome.kind !== 'reconciled') return true;
  const { discrepancies, published, review } = outcome;
  return discrepancies.some((each) => {
    if (each === 'IN_REVIEW') return review !== 'CLEARED';
    return !(repairable.has(each) && published !== undefined);
  });
}
