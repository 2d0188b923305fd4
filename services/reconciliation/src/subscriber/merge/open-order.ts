import type { FailureReason } from '@cloudnestle/contracts/events/payment-failed';
import { type Row, readMoment } from '@cloudnestle/operations/row';
import {
  dayShardOf,
  firstEffectsCheckAt,
  firstLateMoneyCheckAt,
  openShardOf,
} from '@cloudnestle/payments/index-keys';
import { mayStillBePaid } from '@cloudnestle/payments/order';
import { indexShardCount } from '@cloudnestle/topology/tables';

/** Attributes to write; a key that is not there is left to its other writers. */
type IndexKeys = {
  openShard?: string | undefined;
  nextCheckAt?: string | undefined;
  dayShard?: string;
};

/** The sweep looks at the order no more. */
const closed: IndexKeys = { openShard: undefined, nextCheckAt: undefined };

/**
 * Whether an order needs an operator changes nothing here: the sweep goes on asking until it knows or gives up.
 *
 * A completed order is looked at until its effects are seen. Only becoming COMPLETED opens it: later deliveries do not
 * reopen what the sweep has closed, and an earlier completion moves the first look only while it has not been moved.
 */
export function openKeysOfCompleted(row: Row, completedAt: string): IndexKeys {
  const firstCheck = firstEffectsCheckAt(new Date(completedAt));
  if (row.status !== 'COMPLETED') {
    return { openShard: openShardOf(row.transactionId, indexShardCount), nextCheckAt: firstCheck };
  }
  const isUntouched =
    row.openShard !== undefined &&
    row.completedAt !== undefined &&
    row.nextCheckAt === firstEffectsCheckAt(new Date(row.completedAt));
  return isUntouched ? { nextCheckAt: firstCheck } : {};
}

/** A failed order is looked at while money may still come, from the first such failure on. `reason`: the recorded one. */
export function openKeysOfFailed(row: Row, reason: FailureReason, expiresAt: Date): IndexKeys {
  if (!mayStillBePaid(reason)) return closed;
  const isFirstFailure = row.status !== 'FAILED' || row.failureReason === undefined;
  if (!isFirstFailure) return {};
  return {
    openShard: openShardOf(row.transactionId, indexShardCount),
    nextCheckAt: firstLateMoneyCheckAt(expiresAt),
  };
}

/** The key by day, for rows of the replaced system. */
export function missingDayKey(row: Row): IndexKeys {
  const createdAt = readMoment(row.createdAt);
  if (row.dayShard !== undefined || !createdAt) return {};
  return { dayShard: dayShardOf(row.transactionId, createdAt, indexShardCount) };
}
