import type { paymentCompleted } from '@cloudnestle/contracts/events/payment-completed';
import type { ReceivedEvent } from '@cloudnestle/runtime/queue/parse-record';
import type { RecordOutcome } from '@cloudnestle/runtime/queue/subscriber';
import { waitForAll } from '@cloudnestle/runtime/wait-for-all';
import type { RecordDependencies } from './dependencies.ts';
import { markDuplicates } from './mark-duplicates.ts';
import { mergeCompleted } from './merge/merge-completed.ts';
import type { PaidOrder } from './merge/paid-order.ts';
import { readRow } from './merge/read-row.ts';
import { recordOnRow } from './record-on-row.ts';

/**
 * The order is paid: its row says so with everything the gateway told, and the buyer's other paid orders for the same
 * tier are looked at: all but the first one are money owed back (design, rule 3). Where access was taken back the
 * status is still recorded, and the order counts as no payment.
 */
export async function recordCompleted(
  deps: RecordDependencies,
  { metadata, data }: ReceivedEvent<typeof paymentCompleted>,
): Promise<RecordOutcome> {
  const { transactionId, userId, plan } = data;
  const entry = { eventId: metadata.eventId, what: 'completed', at: metadata.occurredAt };
  const row = await recordOnRow(deps, transactionId, entry, (current) =>
    mergeCompleted(current, { data, entry }, { now: deps.now(), bankHolidays: deps.bankHolidays }),
  );
  if (row.accessRevokedAt !== undefined) return { kind: 'skipped', why: 'revoked' };
  const completedAt = readRow(row).completedAt ?? data.completedAt;
  const paid = await deps.paidOrders.remember(
    { userId, tier: plan.tier },
    { transactionId, completedAt },
  );
  await markDuplicates(deps, await findStanding(deps.rows, paid, transactionId));
  return { kind: 'applied' };
}

/** The paid orders whose access stands. This order's own row was read a moment ago; a buyer's only order costs nothing. */
async function findStanding(
  rows: RecordDependencies['rows'],
  paid: readonly PaidOrder[],
  own: string,
): Promise<PaidOrder[]> {
  const revoked = await waitForAll(
    paid.map(({ transactionId }) =>
      transactionId === own ? Promise.resolve(false) : rows.isRevoked(transactionId),
    ),
  );
  return paid.filter((_order, index) => !revoked[index]);
}
