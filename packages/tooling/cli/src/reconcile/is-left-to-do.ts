import { repairable } from '@cloudnestle/reconciliation/operator/examine-order';
import type { RangeEntry } from '@cloudnestle/reconciliation/operator/reconcile-range';

/** Whether somebody still has to do something about an order: what was published repairs only what can be repaired. */
export function isLeftToDo(outcome: RangeEntry['outcome']): boolean {
  if (outcome.kind !== 'reconciled') return true;
  const { discrepancies, published, review } = outcome;
  return discrepancies.some((each) => {
    if (each === 'IN_REVIEW') return review !== 'CLEARED';
    return !(repairable.has(each) && published !== undefined);
  });
}
