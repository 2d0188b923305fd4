import type { Clock } from '@cloudnestle/payments/clock';
import type { Log } from '@cloudnestle/runtime/logger';
import type { ItemChange, MergeResult } from '@cloudnestle/runtime/merge-item';
import type { Metrics } from '@cloudnestle/runtime/metrics';
import type { HistoryEntry } from './merge/history.ts';
import type { PaidOrder } from './merge/paid-order.ts';

export interface RecordDependencies {
  log: Log;
  metrics: Metrics;
  now: Clock;
  /** Days on which banks settle nothing, `2026-01-26`. */
  bankHolidays: readonly string[];
  rows: TransactionRows;
  paidOrders: PaidOrders;
}

/** The orders' rows. */
export interface TransactionRows {
  /** Brings an existing row to what the merge wants; a missing one stays missing. */
  merge(
    transactionId: string,
    merge: (row: Record<string, unknown>) => ItemChange | undefined,
  ): Promise<MergeResult>;
  /** Whether access of this order was taken back (consistent read): it counts as no payment then (design, rule 2). */
  isRevoked(transactionId: string): Promise<boolean>;
  /** Takes the time of a recorded history entry back to `entry.at`, if that is earlier. */
  lowerHistoryTime(transactionId: string, entry: HistoryEntry): Promise<void>;
}

/** Which orders a buyer has paid for one tier. */
export interface PaidOrders {
  /** Notes a paid order (the earliest `completedAt` counts) and answers all that are noted, this one included. */
  remember(buyer: { userId: string; tier: string }, order: PaidOrder): Promise<PaidOrder[]>;
}
