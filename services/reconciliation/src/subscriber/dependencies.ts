import type { Clock } from '@cloudnestle/payments/clock';
import type { PaymentGateway } from '@cloudnestle/payments/gateway';
import type { Log } from '@cloudnestle/runtime/logger';
import type { ItemChange, MergeResult } from '@cloudnestle/runtime/merge-item';
import type { Metrics } from '@cloudnestle/runtime/metrics';
import type { OrdersByGatewayId } from '@cloudnestle/runtime/orders-by-gateway-id';
import type { HistoryEntry } from './merge/history.ts';
import type { PaidOrder } from './merge/paid-order.ts';
import type { Buyer } from './merge/read-row.ts';

export interface RecordDependencies {
  log: Log;
  metrics: Metrics;
  now: Clock;
  /** Days on which banks settle nothing, `2026-01-26`. */
  bankHolidays: readonly string[];
  rows: TransactionRows;
  paidOrders: PaidOrders;
  gateway: Pick<PaymentGateway, 'refundStatus'>;
}

/** The orders' rows. */
export interface TransactionRows extends OrdersByGatewayId {
  /** Brings an existing row to what the merge wants; a missing one stays missing. */
  merge(
    transactionId: string,
    merge: (row: Record<string, unknown>) => ItemChange | undefined,
  ): Promise<MergeResult>;
  /** Takes the time of a recorded history entry back to `entry.at`, if that is earlier. */
  lowerHistoryTime(transactionId: string, entry: HistoryEntry): Promise<void>;
}

/** Which orders a buyer has paid for one tier. */
export interface PaidOrders {
  /** Notes a paid order (the earliest `completedAt` counts) and answers all that are noted, this one included. */
  remember(buyer: Buyer, order: PaidOrder): Promise<PaidOrder[]>;
  /** Takes an order out again, if it is noted, and answers all that are left. */
  forget(buyer: Buyer, transactionId: string): Promise<PaidOrder[]>;
}
