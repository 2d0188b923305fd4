import type { RecordDependencies } from './dependencies.ts';
import { markDuplicates } from './mark-duplicates.ts';
import type { Buyer } from './merge/read-row.ts';

/**
 * The order counts as no payment of its buyer any more, and no other order is its duplicate. Only for an order whose row
 * says that access was taken back, and in this order: row, paid orders, marks (see `markDuplicates`). On every delivery,
 * so that a replay repairs.
 */
export async function withdrawPayment(
  deps: Pick<RecordDependencies, 'rows' | 'paidOrders' | 'log' | 'now'>,
  buyer: Buyer,
  transactionId: string,
): Promise<void> {
  await markDuplicates(deps, await deps.paidOrders.forget(buyer, transactionId));
}
