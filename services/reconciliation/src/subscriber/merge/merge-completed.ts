import type { PaymentCompletedData } from '@cloudnestle/contracts/events/payment-completed';
import { nextStatus } from '@cloudnestle/payments/payment-state';
import { expectedSettlementDate } from '@cloudnestle/payments/settlement-date';
import { buildChange } from '@cloudnestle/runtime/build-change';
import type { ItemChange } from '@cloudnestle/runtime/merge-item';
import { takeSteps } from '../../attention/steps.ts';
import { firstOf, joinGatewaySides, toldBy } from './gateway-side.ts';
import { addToHistory, type HistoryEntry } from './history.ts';
import { moneySteps } from './money-steps.ts';
import { missingDayKey, openKeysOfCompleted } from './open-order.ts';
import { laterOf, outcomeSteps } from './outcome-steps.ts';
import { isBefore } from './paid-order.ts';
import { type Row, readRow } from './read-row.ts';
import { syncStamps } from './sync-stamps.ts';

/** What a failure left behind; a completed order has none of it, whichever came first. */
const noFailure = { failedAt: undefined, failureReason: undefined, failureAttempted: undefined };

/** What the index keys, the duplicate mark and the need for a person are decided by. */
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
      paymentState: 'COMPLETED',
      phonepe_status: firstOf(known.phonepe_status, data.gatewayState),
      phonepe_timestamp: completedAt,
      phonepeOrderId: firstOf(row.phonepeOrderId, data.gatewayOrderId),
      settlement_status: 'ELIGIBLE',
      settlement_date: expectedSettlementDate(new Date(completedAt), context.bankHolidays),
      ...noFailure,
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

/** Looks of an earlier completion say nothing of this one. Only becoming COMPLETED: from then on the count is the sweep's. */
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
