import { openKeysOfChange } from '@cloudnestle/operations/access/open-keys';
import {
  isRefundedInFull,
  moneySteps,
  refundedInPaisa,
} from '@cloudnestle/operations/attention/money-steps';
import { end, raise, type Step, takeSteps } from '@cloudnestle/operations/attention/steps';
import { nextRefundVersion, removeHold } from '@cloudnestle/operations/refunds/order-money';
import { addToMap, readMap, readRow } from '@cloudnestle/operations/row';
import { buildChange, type ItemChange } from '@cloudnestle/runtime/merge-item';
import { addToHistory, type HistoryEntry, syncStamps } from './row.ts';

/** What is known of a refund: it is through, it failed, or there is a doubt. `refundId`: the best id there is of it. */
export type RefundFact =
  /** `wasAskedForHere`: an operator decided about access when asking for a part. */
  | { kind: 'confirmed'; confirmed: ConfirmedRefund; wasAskedForHere: boolean }
  | { kind: 'failed'; refundId: string; doubt: string }
  | { kind: 'doubtful'; refundId: string; doubt: string };

/** Money that went back is not owed back: a refunded order is no duplicate. */
const noDuplicate = { duplicateOf: undefined, duplicateOfCompletedAt: undefined };

/**
 * An order's row after the gateway spoke of a refund: a line of history, and the refund if it is confirmed. What was set
 * aside for one that is over is free by the same write. Once the kept refunds reach what was paid, access is taken back in
 * it too; a part that was not asked for here, and what is not confirmed, needs an operator. Decided from row and event alone, so that the next delivery finishes what two concurrent
 * ones have left. Undefined where the row says it all already.
 */
export function mergeRefund(
  item: Record<string, unknown>,
  event: { entry: HistoryEntry; fact: RefundFact },
  context: { now: Date },
): ItemChange | undefined {
  const { entry, fact } = event;
  const confirmed = fact.kind === 'confirmed' ? fact.confirmed : undefined;
  const history = addToHistory(item, entry, { isOptional: true });
  const refunds = confirmed ? addToRefunds(item, confirmed) : { maps: {}, basedOn: [] };
  const kept = withRefund(item, confirmed);
  const outcome = takesAccess(item, kept) ? revoke(item, context.now) : {};
  const next = { ...kept, ...outcome };
  const freed = fact.kind === 'doubtful' ? removeHold({}, '') : removeHold(item, refundIdOf(fact));
  const isCounted = Object.keys(refunds.maps).length > 0 || freed.gone.length > 0;
  return buildChange(item, {
    attributes: {
      ...outcome,
      ...(isCounted ? { refundVersion: nextRefundVersion(item) } : {}),
      ...takeSteps(item, [...moneySteps(next), ...refundSteps(next, event)]),
    },
    maps: { ...history.maps, ...refunds.maps },
    gone: freed.gone,
    stamps: syncStamps(context.now),
    basedOn: [
      ...history.basedOn,
      ...refunds.basedOn,
      'amount',
      'completedAttempts',
      'completedAt',
      'duplicateOf',
      'accessRevokedAt',
      'accessEndReason',
      'accessRestoredAt',
      'status',
    ],
  });
}

/** All went back, and more than had when an operator gave access back all the same. */
function takesAccess(item: Record<string, unknown>, kept: Record<string, unknown>): boolean {
  if (!isRefundedInFull(kept)) return false;
  if (item.accessRevokedAt !== undefined || item.accessRestoredAt === undefined) return true;
  const { refundedWhenRestoredInPaisa: before } = item;
  return refundedInPaisa(kept) > (typeof before === 'number' ? before : 0);
}

/** The mark, and a paid order comes to the sweep, which sees to it that the buyer holds it no more. */
function revoke(item: Record<string, unknown>, now: Date) {
  if (item.accessRevokedAt !== undefined) return noDuplicate;
  const mark = { accessRevokedAt: now.toISOString(), accessEndReason: 'REFUNDED', ...noDuplicate };
  return item.status === 'COMPLETED' ? { ...mark, ...openKeysOfChange(readRow(item), now) } : mark;
}

function refundSteps(
  next: Record<string, unknown>,
  { entry: { at }, fact }: { entry: HistoryEntry; fact: RefundFact },
): Step[] {
  const isOver = isRefundedInFull(next);
  const isConfirmed = fact.kind === 'confirmed';
  const refundId = refundIdOf(fact);
  if (!isConfirmed && !isOver && !isRefundKept(next, { merchantRefundId: refundId })) {
    return [raise({ reason: 'REFUND_FAILED', at, ...describeDoubt(refundId, fact.doubt) })];
  }
  const doubts = describeDoubt(refundId, '').id;
  const endDoubts = end('REFUND_FAILED', ({ id }) => id.startsWith(doubts));
  if (!isConfirmed) return [endDoubts];
  const { amountInPaisa } = fact.confirmed;
  const { amount } = readRow(next);
  const isLess = amount === undefined || amountInPaisa < amount;
  const isPartial = !isOver && isLess && !fact.wasAskedForHere;
  const detail = `refund ${refundId} over ${amountInPaisa} paisa`;
  return [
    endDoubts,
    ...(isPartial ? [raise({ reason: 'PARTIAL_REFUND', at, id: refundId, detail })] : []),
  ];
}

function refundIdOf(fact: RefundFact): string {
  return fact.kind === 'confirmed' ? fact.confirmed.merchantRefundId : fact.refundId;
}

/** Another doubt about the same refund is another fact. */
export function describeDoubt(refundId: string, doubt: string) {
  return { id: `${refundId}: ${doubt}`, detail: `refund ${refundId}: ${doubt}` };
}

/** A refund that the gateway's own refund status has confirmed. */
export interface ConfirmedRefund {
  merchantRefundId: string;
  amountInPaisa: number;
}

/**
 * What must be written so that the row keeps this refund. The key is the merchantRefundId and not the gateway's id: it is
 * the one the gateway was asked by, and the other one may be missing from its answers.
 */
function addToRefunds(row: Record<string, unknown>, refund: ConfirmedRefund) {
  return addToMap(row, 'refunds', refund.merchantRefundId, refund.amountInPaisa);
}

function isRefundKept(
  row: Record<string, unknown>,
  { merchantRefundId }: Pick<ConfirmedRefund, 'merchantRefundId'>,
): boolean {
  return Object.hasOwn(readMap(row, 'refunds') ?? {}, merchantRefundId);
}

/** The row with this refund among those it keeps, as it will be. */
function withRefund(
  row: Record<string, unknown>,
  refund: ConfirmedRefund | undefined,
): Record<string, unknown> {
  if (refund === undefined || isRefundKept(row, refund)) return row;
  const kept = readMap(row, 'refunds') ?? {};
  return { ...row, refunds: { ...kept, [refund.merchantRefundId]: refund.amountInPaisa } };
}
