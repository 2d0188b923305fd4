import { firstEffectsCheckAt, openShardOf } from '@cloudnestle/payments/index-keys';
import { indexShardCount } from '@cloudnestle/topology/tables';

/** What brings a paid order back to the sweep once access was taken or given back: it looks whether that has arrived. */
export function openKeysOfChange({ transactionId }: { transactionId: string }, at: Date) {
  return {
    openShard: openShardOf(transactionId, indexShardCount),
    nextCheckAt: firstEffectsCheckAt(at),
    effectsRepublished: undefined,
  };
}
