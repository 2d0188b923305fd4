import { buildChange } from '@cloudnestle/runtime/build-change';
import type { ItemChange } from '@cloudnestle/runtime/merge-item';
import { isBefore, type PaidOrder } from './paid-order.ts';
import { readRow } from './read-row.ts';

/**
 * A paid order's row once it is known that `first` was paid before it: money owed back (design, rule 3). The mark only
 * moves to an earlier payment, so an outdated view of a buyer's orders cannot undo a better one; undefined where it
 * would not move.
 */
export function mergeDuplicate(
  item: Record<string, unknown>,
  first: PaidOrder,
  context: { now: Date },
): ItemChange | undefined {
  const { transactionId, completedAt, ...row } = readRow(item);
  if (completedAt === undefined || !isBefore(first, { transactionId, completedAt })) {
    return undefined;
  }
  const isMarked = row.duplicateOf !== undefined && row.duplicateOfCompletedAt !== undefined;
  const marked = {
    transactionId: row.duplicateOf ?? '',
    completedAt: row.duplicateOfCompletedAt ?? '',
  };
  if (isMarked && !isBefore(first, marked)) return undefined;
  return buildChange(item, {
    attributes: { duplicateOf: first.transactionId, duplicateOfCompletedAt: first.completedAt },
    stamps: { updatedAt: context.now.toISOString() },
    basedOn: ['completedAt'],
  });
}
