import type { accessEnded } from '@cloudnestle/contracts/events/access-ended';
import type { gatewayEventReceived } from '@cloudnestle/contracts/events/gateway-event-received';
import type {
  PaymentCompletedData,
  paymentCompleted,
} from '@cloudnestle/contracts/events/payment-completed';
import type { paymentFailed } from '@cloudnestle/contracts/events/payment-failed';
import type { paymentRefunded } from '@cloudnestle/contracts/events/payment-refunded';
import type { refundFailed } from '@cloudnestle/contracts/events/refund-failed';
import type { refundInDoubt } from '@cloudnestle/contracts/events/refund-in-doubt';
import { isRevoked, readBuyer, readRow } from '@cloudnestle/operations/row';
import { monthsOf } from '@cloudnestle/payments/catalogue';
import { buildChange } from '@cloudnestle/runtime/merge-item';
import type { Delivery, ReceivedEvent, RecordOutcome } from '@cloudnestle/runtime/queue/subscriber';
import { markDuplicates, withdrawPayment } from './duplicates.ts';
import { mergeCompleted, mergeFailed } from './merge/merge-outcome.ts';
import { addToHistory, syncStamps } from './merge/row.ts';
import { recordGatewayEvent } from './record-gateway-event.ts';
import { countRecorded, type RecordDependencies, recordOnRow, toTold } from './record-on-row.ts';
import { recordRefund } from './record-refund.ts';

/** Writes one event into the books. What each does is said at its use case. */
export function recordEvent(
  deps: RecordDependencies,
  event: ReceivedEvent<
    | typeof paymentCompleted
    | typeof paymentFailed
    | typeof gatewayEventReceived
    | typeof accessEnded
    | typeof paymentRefunded
    | typeof refundFailed
    | typeof refundInDoubt
  >,
  delivery: Pick<Delivery, 'mayBeRepeat'>,
): Promise<RecordOutcome> {
  switch (event.detailType) {
    case 'PaymentCompleted':
      return recordCompleted(deps, event, delivery);
    case 'PaymentFailed':
      return recordFailed(deps, event, delivery);
    case 'GatewayEventReceived':
      return recordGatewayEvent(deps, event);
    case 'AccessEnded':
      return recordEnd(deps, event);
    case 'PaymentRefunded':
    case 'RefundFailed':
    case 'RefundInDoubt':
      return recordRefund(deps, event, delivery);
  }
}

/**
 * The order is paid: its row says so with everything the gateway told, and the buyer's other paid orders for the same
 * tier are looked at: all but the first one are money owed back (rule 3). Where access was taken back the
 * status is still recorded, and the order counts as no payment.
 */
async function recordCompleted(
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

/** Notes a payment for ever among its buyer's, or takes it out again; false where its access was taken back. */
async function settlePayment(
  deps: RecordDependencies,
  { transactionId, userId, plan, completedAt }: PaymentCompletedData,
  row: Record<string, unknown>,
): Promise<boolean> {
  // Passes stack: none of them is another one's duplicate, and any number may be bought.
  if (monthsOf(plan) !== undefined) return !isRevoked(row);
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

/** The order ended unpaid, unless money says otherwise: a completed order only gains a line of history. */
async function recordFailed(
  deps: RecordDependencies,
  { metadata, data }: ReceivedEvent<typeof paymentFailed>,
  delivery: Pick<Delivery, 'mayBeRepeat'>,
): Promise<RecordOutcome> {
  const told = toTold(metadata, `failed: ${data.reason}`);
  const { entry } = told;
  const recorded = await recordOnRow(deps, data.transactionId, told, (current) =>
    mergeFailed(current, { data, entry }, { now: deps.now() }),
  );
  countRecorded(deps, recorded, told, delivery);
  return { kind: 'applied' };
}

/**
 * Access of a paid order ended: a line of its history. Where the row says that it was taken back, by whichever word, the
 * order counts as no payment of its buyer any more (rule 3).
 */
async function recordEnd(
  deps: RecordDependencies,
  { metadata, data }: ReceivedEvent<typeof accessEnded>,
): Promise<RecordOutcome> {
  const told = toTold(metadata, `access ended: ${data.reason}`);
  const { row } = await recordOnRow(deps, data.transactionId, told, (current) => {
    const history = addToHistory(current, told.entry, { isOptional: true });
    return buildChange(current, {
      attributes: {},
      maps: history.maps,
      stamps: syncStamps(deps.now()),
      basedOn: history.basedOn,
    });
  });
  const buyer = readBuyer(row);
  if (isRevoked(row) && buyer) await withdrawPayment(deps, buyer, data.transactionId);
  return { kind: 'applied' };
}
