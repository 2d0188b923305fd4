import type { Trigger } from '@cloudnestle/payments/build-events';
import type { Platform } from '@cloudnestle/runtime/platform';
import { repairable } from './examine-order.ts';
import type { RangeEntry } from './reconcile-range.ts';

/** Who published, as the events say it, of what an operator brings in: `producer` is the command line or the console. */
export function buildTrigger({ newId }: Pick<Platform, 'newId'>, producer: string): Trigger {
  return { producer, causationId: newId(), gatewayEvent: 'manual' };
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
