import { waitForAll } from '@cloudnestle/runtime/wait-for-all';
import type { RecordDependencies } from './dependencies.ts';
import { mergeDuplicate } from './merge/merge-duplicate.ts';
import { type PaidOrder, sortPaidOrders } from './merge/paid-order.ts';

/**
 * Marks all of a buyer's paid orders but the first as its duplicates. Safe with an outdated list too: a mark only ever
 * moves to an earlier payment. A newly marked one is counted and warned of at least once.
 */
export async function markDuplicates(
  deps: Pick<RecordDependencies, 'rows' | 'metrics' | 'log' | 'now'>,
  paid: readonly PaidOrder[],
): Promise<void> {
  const [first, ...others] = sortPaidOrders(paid);
  if (!first) return;
  await waitForAll(others.map((other) => markDuplicate(deps, other.transactionId, first)));
}

async function markDuplicate(
  deps: Pick<RecordDependencies, 'rows' | 'metrics' | 'log' | 'now'>,
  transactionId: string,
  first: PaidOrder,
): Promise<void> {
  let isNew = false;
  const result = await deps.rows.merge(transactionId, (row) => {
    const change = mergeDuplicate(row, first, { now: deps.now() });
    // Asked in every round: after a lost answer only the first round still sees the row without a mark.
    isNew ||= change !== undefined && row.duplicateOf === undefined;
    return change;
  });
  if (result.kind === 'missing') deps.log.warn('paid order without a row', { transactionId });
  if (!isNew) return;
  deps.metrics.count('BuyerChargedTwice');
  deps.log.warn('buyer charged twice', { transactionId, duplicateOf: first.transactionId });
}
