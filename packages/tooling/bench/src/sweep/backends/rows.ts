import type { TransactionItem } from '@cloudnestle/contracts/items/transaction';
import { addMs, toTimestamp } from '@cloudnestle/payments/clock';
import { completedEventId, initiatedEventId } from '@cloudnestle/payments/event-ids';
import { sampleRow } from '@cloudnestle/test-kit/samples';

const MINUTE_MS = 60_000;
/** Past the first look, and far from the order's expiry. */
const DUE_AGE_MS = 5 * MINUTE_MS;
/** 100,000 closed orders reach back about a year. */
const APART_MS = 5 * MINUTE_MS;

/** The gateway's id of a pending order. */
export function dueOrderId(index: number): string {
  return `MP-${buyerId(index)}-1732356000-opened`;
}

/** A young order that waits for its outcome and is due. The same index is the same order in every cloud. */
export function buildDueRow(index: number, now: Date): TransactionItem {
  return sampleRow({
    userId: buyerId(index),
    merchantOrderId: dueOrderId(index),
    createdAt: toTimestamp(addMs(now, -DUE_AGE_MS)),
  });
}

/** A paid order that nobody has to look at any more, as the subscriber and the sweep leave it. */
export function buildClosedRow(
  index: number,
  now: Date,
): Omit<TransactionItem, 'openShard' | 'nextCheckAt'> {
  const userId = buyerId(index);
  const createdAt = addMs(now, -(index + 1) * APART_MS);
  const completedAt = toTimestamp(addMs(createdAt, MINUTE_MS));
  const merchantOrderId = `MP-${userId}-${Math.floor(createdAt.getTime() / 1000)}-closed`;
  const reference = String(index).padStart(12, '0');
  const {
    openShard: _shard,
    nextCheckAt: _next,
    ...row
  } = sampleRow({
    userId,
    merchantOrderId,
    userEmail: `${userId}@example.com`,
    createdAt: toTimestamp(createdAt),
    updatedAt: completedAt,
    status: 'COMPLETED',
    completedAt,
    history: {
      [initiatedEventId(merchantOrderId)]: { what: 'created', at: toTimestamp(createdAt) },
      [completedEventId(merchantOrderId)]: { what: 'completed', at: completedAt },
    },
    webhookEvent: 'checkout.order.completed',
    paymentState: 'COMPLETED',
    phonepe_status: 'COMPLETED',
    phonepe_transaction_id: `OM${reference}`,
    phonepe_timestamp: completedAt,
    payment_mode: 'UPI',
    utr: reference,
    upi_transaction_id: `UPI${reference}`,
    vpa: `${userId}@upi`,
    settlement_status: 'ELIGIBLE',
    settlement_date: completedAt.slice(0, 10),
    last_sync: completedAt,
  });
  return row;
}

function buyerId(index: number): string {
  return `buyer-${index}`;
}
