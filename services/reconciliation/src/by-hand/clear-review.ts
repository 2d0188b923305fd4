import { openShardOf } from '@cloudnestle/payments/index-keys';
import { buildChange } from '@cloudnestle/runtime/build-change';
import type { ItemChange } from '@cloudnestle/runtime/merge-item';
import { indexShardCount } from '@cloudnestle/topology/shards';
import { readRow } from '../subscriber/merge/read-row.ts';

/**
 * A row after a person had its order looked at and the gateway's answer fits: no review is asked for any more, what was
 * found wrong until now counts no more, and the sweep takes the order back at its next run unless nothing is left to
 * look for. Undefined where nobody asked for a review.
 */
export function clearReview(
  item: Record<string, unknown>,
  { now, isSettled }: { now: Date; isSettled: boolean },
): ItemChange | undefined {
  const row = readRow(item);
  if (row.needsReview === undefined) return undefined;
  const reopened = {
    openShard: openShardOf(row.transactionId, indexShardCount),
    nextCheckAt: now.toISOString(),
  };
  return buildChange(item, {
    attributes: {
      needsReview: undefined,
      effectsRepublished: undefined,
      reviewClearedAt: now.toISOString(),
      ...(isSettled ? { openShard: undefined, nextCheckAt: undefined } : reopened),
    },
    stamps: { updatedAt: now.toISOString() },
    basedOn: ['status'],
  });
}
