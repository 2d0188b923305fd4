import type { PaymentFailedData } from '@cloudnestle/contracts/events/payment-failed';
import { isStrongerFailure, nextStatus } from '@cloudnestle/payments/payment-state';
import { buildChange } from '@cloudnestle/runtime/build-change';
import type { ItemChange } from '@cloudnestle/runtime/merge-item';
import { takeSteps } from '../../attention/steps.ts';
import { firstOf, joinGatewaySides, toldBy } from './gateway-side.ts';
import { addToHistory, type HistoryEntry } from './history.ts';
import { missingDayKey, openKeysOfFailed, readMoment } from './open-order.ts';
import { laterOf, outcomeSteps } from './outcome-steps.ts';
import { type Row, readRow } from './read-row.ts';
import { syncStamps } from './sync-stamps.ts';

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
