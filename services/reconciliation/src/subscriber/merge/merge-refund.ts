import { buildChange } from '@cloudnestle/runtime/build-change';
import type { ItemChange } from '@cloudnestle/runtime/merge-item';
import { addToHistory, type HistoryEntry } from './history.ts';
import { readRow } from './read-row.ts';
import { addToRefunds, type ConfirmedRefund, isRefundedInFull } from './refunds.ts';
import { syncStamps } from './sync-stamps.ts';

/** Money that went back is not owed back: a refunded order is nobody's duplicate. */
const noDuplicate = { duplicateOf: undefined, duplicateOfCompletedAt: undefined };

/**
 * An order's row after the gateway spoke of a refund: a line of history, and the refund if it is `confirmed`. Once the
 * kept refunds reach the order's amount, access is taken back in the same write. Decided from row and event alone, so
 * that the next delivery finishes what two concurrent ones have left. Undefined where the row says it all already.
 */
export function mergeRefund(
  item: Record<string, unknown>,
  event: { entry: HistoryEntry; confirmed: ConfirmedRefund | undefined },
  context: { now: Date },
): ItemChange | undefined {
  readRow(item);
  const { entry, confirmed } = event;
  const history = addToHistory(item, entry, { isOptional: true });
  const refunds = confirmed ? addToRefunds(item, confirmed) : { maps: {}, basedOn: [] };
  return buildChange(item, {
    attributes: isRefundedInFull(item, confirmed)
      ? { accessRevokedAt: item.accessRevokedAt ?? context.now.toISOString(), ...noDuplicate }
      : {},
    maps: { ...history.maps, ...refunds.maps },
    stamps: syncStamps(context.now),
    basedOn: [...history.basedOn, ...refunds.basedOn, 'amount'],
  });
}
