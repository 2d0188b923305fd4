import type { PaymentCompletedData } from '@cloudnestle/contracts/events/payment-completed';
import type { PaymentFailedData } from '@cloudnestle/contracts/events/payment-failed';
import { moneySteps } from '@cloudnestle/operations/attention/money-steps';
import { end, type Step, takeSteps } from '@cloudnestle/operations/attention/steps';
import { laterOf, type Row, readMoment, readRow } from '@cloudnestle/operations/row';
import { expectedSettlementDate } from '@cloudnestle/payments/ist';
import { isStrongerFailure, nextStatus } from '@cloudnestle/payments/order';
import { buildChange, type ItemChange } from '@cloudnestle/runtime/merge-item';
import { missingDayKey, openKeysOfCompleted, openKeysOfFailed } from './open-order.ts';
import { addToHistory, type HistoryEntry, isBefore, syncStamps } from './row.ts';

/** What a failure left behind; a completed order has none of it, whichever came first. */
const NO_FAILURE = { failedAt: undefined, failureReason: undefined, failureAttempted: undefined };

/** What the index keys, the duplicate mark and the need for an operator are decided by. */
const decisive = [
  'accessRevokedAt',
  'amount',
  'openShard',
  'nextCheckAt',
  'duplicateOf',
  'duplicateOfCompletedAt',
] as const;

/**
 * An order's row after PaymentCompleted, decided from row and event alone, and the same for any order and number of
 * deliveries: the earliest completedAt counts, and what different publishers know adds up. Undefined where the row
 * says it all already.
 */
export function mergeCompleted(
  item: Record<string, unknown>,
  event: { data: PaymentCompletedData; entry: HistoryEntry },
  context: { now: Date; bankHolidays: readonly string[] },
): ItemChange | undefined {
  const row = readRow(item);
  const { data } = event;
  const completedAt = earliest(row.completedAt, data.completedAt);
  // A failed attempt's references are not those of the payment.
  const known: Partial<Row> = row.status === 'COMPLETED' ? row : {};
  const history = addToHistory(item, event.entry);
  const fittingAnswerAt = laterOf(row.fittingAnswerAt, data.answeredAt);
  const paid = {
    status: nextStatus(row.status, 'COMPLETED'),
    completedAt,
    completedAttempts: largest(row.completedAttempts, data.completedAttempts),
    ...outdatedDuplicateMark(row, completedAt),
  };
  return buildChange(item, {
    attributes: {
      ...paid,
      fittingAnswerAt,
      outcomesPublished: undefined,
      ...joinGatewaySides(known, toldBy(data)),
      recordedAt: row.status === 'COMPLETED' ? row.recordedAt : context.now.toISOString(),
      paymentState: 'COMPLETED',
      phonepe_status: firstOf(known.phonepe_status, data.gatewayState),
      phonepe_timestamp: completedAt,
      phonepeOrderId: firstOf(row.phonepeOrderId, data.gatewayOrderId),
      settlement_status: 'ELIGIBLE',
      settlement_date: expectedSettlementDate(new Date(completedAt), context.bankHolidays),
      ...NO_FAILURE,
      ...startEffectsAnew(row),
      ...openKeysOfCompleted(row, completedAt),
      ...missingDayKey(row),
      ...takeSteps(item, [...outcomeSteps(fittingAnswerAt), ...moneySteps({ ...item, ...paid })]),
    },
    maps: history.maps,
    stamps: syncStamps(context.now),
    basedOn: [...history.basedOn, ...decisive],
  });
}

/**
 * Looks of an earlier completion say nothing of this one. Only becoming COMPLETED: from then on the count is the
 * sweep's.
 */
function startEffectsAnew(row: Row) {
  return row.status === 'COMPLETED' ? {} : { effectsRepublished: undefined };
}

function largest(recorded: number | undefined, told: number | undefined): number | undefined {
  return recorded === undefined || (told !== undefined && told > recorded) ? told : recorded;
}

function earliest(recorded: string | undefined, told: string): string {
  return recorded !== undefined && recorded < told ? recorded : told;
}

/** An earlier completedAt may make this order the first one: it is then no duplicate of the one that was. */
function outdatedDuplicateMark({ transactionId, ...row }: Row, completedAt: string) {
  if (row.duplicateOf === undefined || row.duplicateOfCompletedAt === undefined) return {};
  const original = { transactionId: row.duplicateOf, completedAt: row.duplicateOfCompletedAt };
  return isBefore({ transactionId, completedAt }, original)
    ? { duplicateOf: undefined, duplicateOfCompletedAt: undefined }
    : {};
}

/**
 * An order's row after PaymentFailed, decided from row and event alone, and the same for any order and number of
 * deliveries: the reason that says most stays, with its earliest time. A completed order stays completed and only
 * gains what is no part of the outcome. Undefined where the row says it all already.
 */
export function mergeFailed(
  item: Record<string, unknown>,
  event: { data: PaymentFailedData; entry: HistoryEntry },
  context: { now: Date },
): ItemChange | undefined {
  const row = readRow(item);
  const { data } = event;
  const history = addToHistory(item, event.entry);
  const fittingAnswerAt = laterOf(row.fittingAnswerAt, data.answeredAt);
  return buildChange(item, {
    attributes: {
      phonepeOrderId: firstOf(row.phonepeOrderId, data.gatewayOrderId),
      ...missingDayKey(row),
      fittingAnswerAt,
      outcomesPublished: undefined,
      ...takeSteps(item, outcomeSteps(fittingAnswerAt)),
      ...(nextStatus(row.status, 'FAILED') === 'FAILED' ? describeFailure(row, data) : {}),
    },
    maps: history.maps,
    stamps: syncStamps(context.now),
    basedOn: [...history.basedOn, 'status', 'expiresAt'],
  });
}

function describeFailure(row: Row, data: PaymentFailedData) {
  const { failureReason, ...told } = strongestFailure(row, data);
  const expiresAt = readMoment(row.expiresAt) ?? new Date(data.expiresAt);
  return {
    status: 'FAILED',
    failureReason,
    ...told,
    failureAttempted: row.failureAttempted === true || data.attempted,
    ...joinGatewaySides(row, toldBy(data)),
    paymentState: 'FAILED',
    settlement_status: 'NOT_ELIGIBLE',
    ...openKeysOfFailed(row, failureReason, expiresAt),
  };
}

/** Reason, time and the gateway's word belong together: they come from the failure that says most. */
function strongestFailure(row: Row, { reason, failedAt, gatewayState }: PaymentFailedData) {
  const recorded = row.failureReason;
  if (recorded === undefined || isStrongerFailure(reason, recorded)) {
    return {
      failureReason: reason,
      failedAt,
      phonepe_timestamp: failedAt,
      phonepe_status: gatewayState,
    };
  }
  if (reason !== recorded) return { failureReason: recorded };
  const earliest = firstOf(row.failedAt, failedAt);
  return {
    failureReason: reason,
    failedAt: earliest,
    phonepe_timestamp: earliest,
    phonepe_status: firstOf(row.phonepe_status, gatewayState),
  };
}

/** What the gateway may or may not tell of a payment. */
type GatewaySide = Pick<
  Row,
  'webhookEvent' | 'phonepe_transaction_id' | 'payment_mode' | 'utr' | 'upi_transaction_id' | 'vpa'
>;

/** The gateway's side as an event tells it. */
export function toldBy(data: PaymentCompletedData | PaymentFailedData): GatewaySide {
  const { instrument } = data;
  const upi = instrument?.mode === 'UPI' ? instrument : undefined;
  const other = instrument?.mode === 'OTHER' ? instrument : undefined;
  return {
    webhookEvent: data.gatewayEvent,
    phonepe_transaction_id: data.gatewayTransactionId,
    payment_mode: instrument?.mode,
    utr: upi?.utr ?? other?.utr,
    upi_transaction_id: upi?.upiTransactionId,
    vpa: upi?.vpa,
  };
}

/**
 * What two tellings of the same payment say together, whichever came first: an absent value never replaces a present
 * one; of two different values the one that says more stays, else the one that sorts first.
 */
export function joinGatewaySides(a: GatewaySide, b: GatewaySide): GatewaySide {
  return {
    webhookEvent: firstOf(a.webhookEvent, b.webhookEvent, isOwnReason),
    phonepe_transaction_id: firstOf(a.phonepe_transaction_id, b.phonepe_transaction_id),
    payment_mode: firstOf(a.payment_mode, b.payment_mode, (mode) => mode === 'OTHER'),
    utr: firstOf(a.utr, b.utr),
    upi_transaction_id: firstOf(a.upi_transaction_id, b.upi_transaction_id),
    vpa: firstOf(a.vpa, b.vpa),
  };
}

/** Of two texts the one that is not `isWeak`, else the one that sorts first; of one, that one. */
export function firstOf(
  a: string | undefined,
  b: string | undefined,
  isWeak: (text: string) => boolean = () => false,
): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  if (isWeak(a) !== isWeak(b)) return isWeak(a) ? b : a;
  return a < b ? a : b;
}

/** Reasons of this system's own to ask; the gateway's event names say more. */
function isOwnReason(gatewayEvent: string): boolean {
  return ['browser.return', 'sweep', 'manual', 'checkout'].includes(gatewayEvent);
}

/**
 * What an outcome on the row ends of what needed an operator: that there was none, that it did not arrive, and every
 * mismatch that was found before the gateway gave an answer that fits.
 */
function outcomeSteps(fittingAnswerAt: string | undefined): Step[] {
  const isOutdated = ({ at }: { at: string }) =>
    fittingAnswerAt !== undefined && at <= fittingAnswerAt;
  return [end('NO_OUTCOME'), end('NOT_REACHED'), end('MISMATCH', isOutdated)];
}
