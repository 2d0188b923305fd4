import type {
  PaymentCompletedData,
  paymentCompleted,
} from '@cloudnestle/contracts/events/payment-completed';
import type { ReceivedEvent } from '@cloudnestle/runtime/queue/parse-record';
import type { Delivery, RecordOutcome } from '@cloudnestle/runtime/queue/subscriber';
import type { RecordDependencies } from './dependencies.ts';
import { markDuplicates } from './mark-duplicates.ts';
import { isRevoked } from './merge/is-revoked.ts';
import { mergeCompleted } from './merge/merge-completed.ts';
import { readRow } from './merge/read-row.ts';
import { countRecorded, recordOnRow, toTold } from './record-on-row.ts';
import { withdrawPayment } from './withdraw-payment.ts';

/**
 * The order is paid: its row says so with everything the gateway told, and the buyer's other paid orders for the same
 * tier are looked at: all but the first one are money owed back (design, rule 3). Where access was taken back the
 * status is still recorded, and the order counts as no payment.
 */
export async function recordCompleted(
  deps: RecordDependencies,
  { metadata, data }: ReceivedEvent<typeof paymentCompleted>,
  delivery: Pick<Delivery, 'mayBeRepeat'>,
): Promise<RecordOutcome> {
  const told = toTold(metadata, 'completed');
  const { entry } = told;
  const recorded = await recordOnRow(deps, data.transactionId, told, (current) =>
    mergeCompleted(current, { data, entry }, { now: deps.now(), bankHolidays: deps.bankHolidays }),
  );
  const isStanding = await settlePayment(deps, data, recorded.row);
  countRecorded(deps, recorded, told, delivery);
  return isStanding ? { kind: 'applied' } : { kind: 'skipped', why: 'revoked' };
}

/** Notes the payment among its buyer's, or takes it out again; false where its access was taken back. */
async function settlePayment(
  deps: RecordDependencies,
  { transactionId, userId, plan, completedAt }: PaymentCompletedData,
  row: Record<string, unknown>,
): Promise<boolean> {
  const buyer = { userId, tier: plan.tier };
  if (!isRevoked(row)) {
    const order = { transactionId, completedAt: readRow(row).completedAt ?? completedAt };
    const paid = await deps.paidOrders.remember(buyer, order);
    const revoked = await markDuplicates(deps, paid);
    // Looked at again since it was noted: a refund may have been faster, and had nothing to take out then.
    if (!revoked.has(transactionId)) return true;
  }
  await withdrawPayment(deps, buyer, transactionId);
  return false;
}
