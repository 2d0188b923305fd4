import type { paymentCompleted } from '@cloudnestle/contracts/events/payment-completed';
import type { ReceivedEvent } from '@cloudnestle/runtime/queue/parse-record';
import type { RecordOutcome } from '@cloudnestle/runtime/queue/subscriber';
import type { RecordDependencies } from './dependencies.ts';
import { markDuplicates } from './mark-duplicates.ts';
import { isRevoked } from './merge/is-revoked.ts';
import { mergeCompleted } from './merge/merge-completed.ts';
import { readRow } from './merge/read-row.ts';
import { recordOnRow } from './record-on-row.ts';
import { withdrawPayment } from './withdraw-payment.ts';

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
  const buyer = { userId, tier: plan.tier };
  if (!isRevoked(row)) {
    const completedAt = readRow(row).completedAt ?? data.completedAt;
    const paid = await deps.paidOrders.remember(buyer, { transactionId, completedAt });
    const revoked = await markDuplicates(deps, paid);
    // Looked at again since it was noted: a refund may have been faster, and had nothing to take out then.
    if (!revoked.has(transactionId)) return { kind: 'applied' };
  }
  await withdrawPayment(deps, buyer, transactionId);
  return { kind: 'skipped', why: 'revoked' };
}
