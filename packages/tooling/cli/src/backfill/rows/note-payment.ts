import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createPaidOrders, listPaidOrders } from '@cloudnestle/operations/paid-orders';
import { toTimestamp } from '@cloudnestle/payments/clock';
import type { Order } from '@cloudnestle/payments/order';
import { readOneByOne } from '@cloudnestle/runtime/read-item';

/** What was found about a paid order in its buyer's checkouts item. */
export interface Noted {
  /** It was noted now; on a dry run: would be. */
  isNew: boolean;
  /** Noted beside another paid order of the same buyer and tier. Unknown, so false, on a dry run. */
  isSecond: boolean;
}

/** Notes a paid order in its buyer's checkouts item. Undefined: it is no payment whose access stands. */
export type NotePayment = (order: Order) => Promise<Noted | undefined>;

/**
 * The `paid` map of a buyer is what the upgrade call refuses a second payment by, and what a second payment is recognised
 * by. Orders of the replaced system stand in none. Written as the reconciliation subscriber does it: the earliest time
 * counts, and nothing is taken out, so that it may run beside it and any number of times.
 */
export function createNotePayment(deps: {
  dynamo: DynamoDBDocumentClient;
  /** The checkouts table. */
  table: string;
  dryRun: boolean;
}): NotePayment {
  const paidOrders = createPaidOrders(deps.dynamo, deps.table);
  const read = readOneByOne(deps.dynamo);
  return async (order) => {
    if (!isStandingPayment(order)) return undefined;
    const { row, plan } = order;
    const { transactionId } = row;
    const buyer = { userId: row.userId, tier: plan.tier };
    const known = await listPaidOrders(read, deps.table, buyer);
    const isNew = !known.some((each) => each.transactionId === transactionId);
    if (deps.dryRun) return { isNew, isSecond: false };
    // A row of the replaced system may not say when it was paid: then it counts from when it was made.
    const completedAt = row.completedAt ?? toTimestamp(order.createdAt);
    const all = isNew ? await paidOrders.remember(buyer, { transactionId, completedAt }) : known;
    return { isNew, isSecond: all.length > 1 };
  };
}

function isStandingPayment({ row, plan }: Order): boolean {
  const isPaid = row.status === 'COMPLETED' && row.accessRevokedAt === undefined;
  return isPaid && plan.period === 'ONE_TIME';
}
