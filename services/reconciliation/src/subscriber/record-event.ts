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
import type { PaidOrder } from '@cloudnestle/operations/paid-orders';
import { isRevoked, readBuyer, readRow } from '@cloudnestle/operations/row';
import { monthsOf } from '@cloudnestle/payments/catalogue';
import { PermanentError } from '@cloudnestle/runtime/errors';
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
 *
 * The payment is noted among its buyer's before the row is written, so that what the row says then was so after the note:
 * a refund that was faster is seen on it, and one that comes later finds the note and takes it out.
 */
async function recordCompleted(
  deps: RecordDependencies,
  { metadata, data }: ReceivedEvent<typeof paymentCompleted>,
  delivery: Pick<Delivery, 'mayBeRepeat'>,
): Promise<RecordOutcome> {
  const { transactionId } = data;
  const told = toTold(metadata, 'completed');
  const { entry } = told;
  const merge = (current: Record<string, unknown>) =>
    mergeCompleted(current, { data, entry }, { now: deps.now(), bankHolidays: deps.bankHolidays });
  const seen = await deps.rows.find(transactionId);
  if (!seen) throw new PermanentError(`no transaction row ${transactionId}`);
  // A row that cannot be read throws here, before anything is noted.
  merge(seen);
  const noted = isRevoked(seen) ? undefined : await notePayment(deps, data, seen);
  const recorded = await recordOnRow(deps, transactionId, told, merge, seen);
  const isStanding = await settlePayment(deps, data, { row: recorded.row, noted });
  countRecorded(deps, recorded, told, delivery);
  return isStanding ? { kind: 'applied' } : { kind: 'skipped', why: 'revoked' };
}

/**
 * Notes a payment for ever among its buyer's, as of when the row or the event says, whichever is earlier. Undefined for a
 * pass: passes stack, so none of them is another one's duplicate, and any number may be bought.
 */
async function notePayment(
  { paidOrders }: RecordDependencies,
  { transactionId, userId, plan, completedAt: toldAt }: PaymentCompletedData,
  row: Record<string, unknown>,
): Promise<{ paid: PaidOrder[]; completedAt: string } | undefined> {
  if (monthsOf(plan) !== undefined) return undefined;
  const recordedAt = readRow(row).completedAt ?? toldAt;
  const completedAt = recordedAt < toldAt ? recordedAt : toldAt;
  const buyer = { userId, tier: plan.tier };
  const paid = await paidOrders.remember(buyer, { transactionId, completedAt });
  return { paid, completedAt };
}

/** Brings the buyer's payments right, given the row since the payment was noted; false where its access was taken back. */
async function settlePayment(
  deps: RecordDependencies,
  data: PaymentCompletedData,
  { row, noted }: { row: Record<string, unknown>; noted: Noted },
): Promise<boolean> {
  const { transactionId, userId, plan } = data;
  if (monthsOf(plan) !== undefined) return !isRevoked(row);
  if (!isRevoked(row)) {
    const { completedAt } = readRow(row);
    const isNoted = noted && (completedAt === undefined || completedAt >= noted.completedAt);
    const known = isNoted ? noted : await notePayment(deps, data, row);
    // A row that was read before its payment was noted says nothing of a refund since: it is read again.
    const revoked = await markDuplicates(deps, known?.paid ?? [], isNoted ? row : undefined);
    if (!revoked.has(transactionId)) return true;
  }
  await withdrawPayment(deps, { userId, tier: plan.tier }, transactionId);
  return false;
}

type Noted = Awaited<ReturnType<typeof notePayment>>;

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
