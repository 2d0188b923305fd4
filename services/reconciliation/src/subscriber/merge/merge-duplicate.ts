import { buildChange } from '@cloudnestle/runtime/build-change';
import type { ItemChange } from '@cloudnestle/runtime/merge-item';
import { takeSteps } from '../../attention/steps.ts';
import { isRevoked } from './is-revoked.ts';
import { moneySteps } from './money-steps.ts';
import { isBefore, type PaidOrder } from './paid-order.ts';
import { type Row, readRow } from './read-row.ts';

/**
 * A paid order's row once it is known that `first` is the first of the buyer's standing payments: money owed back, if
 * this one came later (design, rule 3). A mark only moves to an earlier payment or away from one of the `revoked`
 * orders, so an outdated view of a buyer's orders cannot undo a better one. An order whose own access was taken back
 * is never marked. What a mark asks of a person is written with it, also where an earlier version left it out.
 * Undefined where nothing changes.
 */
export function mergeDuplicate(
  item: Record<string, unknown>,
  first: PaidOrder,
  context: { now: Date; revoked: ReadonlySet<string> },
): ItemChange | undefined {
  const row = readRow(item);
  if (isRevoked(item)) return undefined;
  const isOutdated = row.duplicateOf !== undefined && context.revoked.has(row.duplicateOf);
  const standing = isOutdated ? undefined : row.duplicateOf;
  const isBetter = isBetterMark(row, first, standing);
  const mark =
    isBetter || isOutdated
      ? {
          duplicateOf: isBetter ? first.transactionId : undefined,
          duplicateOfCompletedAt: isBetter ? first.completedAt : undefined,
        }
      : {};
  return buildChange(item, {
    attributes: { ...mark, ...takeSteps(item, moneySteps({ ...item, ...mark })) },
    stamps: { updatedAt: context.now.toISOString() },
    basedOn: [
      'completedAt',
      'accessRevokedAt',
      'duplicateOf',
      'duplicateOfCompletedAt',
      'completedAttempts',
      'amount',
    ],
  });
}

function isBetterMark(
  { transactionId, completedAt, duplicateOfCompletedAt }: Row,
  first: PaidOrder,
  standing: string | undefined,
): boolean {
  if (completedAt === undefined || first.transactionId === transactionId) return false;
  if (!isBefore(first, { transactionId, completedAt })) return false;
  if (standing === undefined || duplicateOfCompletedAt === undefined) return true;
  return isBefore(first, { transactionId: standing, completedAt: duplicateOfCompletedAt });
}
