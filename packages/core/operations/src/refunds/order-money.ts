import { needsAttention } from '@cloudnestle/payments/attention/attention';
import { findDisputeInTheWay, readDisputes } from '@cloudnestle/payments/disputes';
import type { PaymentGateway } from '@cloudnestle/payments/gateway';
import {
  judgeReservation,
  type RefundableOrder,
  type RefundWish,
  type Reservation,
  refuse,
} from '@cloudnestle/payments/refunds/judge-reservation';
import { PermanentError } from '@cloudnestle/runtime/errors';
import { buildChange, type ItemChange, type MergeResult } from '@cloudnestle/runtime/merge-item';
import { refundedInPaisa } from '../attention/money-steps.ts';
import { addToMap, readMap, readMoment, readRow } from '../row.ts';

type Row = Readonly<Record<string, unknown>>;

/** The orders' rows, as far as a refund is set aside on them. */
export interface OrderHolds {
  /** Brings an existing row to what the merge wants; a missing one stays missing. */
  mergeTransaction(
    transactionId: string,
    merge: (row: Record<string, unknown>) => ItemChange | undefined,
  ): Promise<MergeResult>;
}

/** All that the judgement of a hold is based on. Maps are compared by their versions. */
const decisive = [
  'refundVersion',
  'attentionVersion',
  'disputeVersion',
  'status',
  'amount',
  'completedAttempts',
  'completedAt',
  'duplicateOf',
] as const;

/**
 * Sets a refund's amount aside on its order's row, or says why not: one conditional write, which stands only while the row
 * is as it was judged. A refund that has its hold keeps it, however often it is asked for. One that went back has none any more: a claimant
 * that was held up until then sets nothing aside again.
 */
export async function reserveOnOrder(
  { mergeTransaction }: OrderHolds,
  transactionId: string,
  wish: RefundWish,
  context: { gateway: Pick<PaymentGateway, 'refundLimits'>; now: Date },
): Promise<Reservation> {
  const { gateway, now } = context;
  let answer: Reservation = refuse('CANNOT_BE_ASKED', 'there is no such order');
  await mergeTransaction(transactionId, (row) => {
    const refunded = readMap(row, 'refunds')?.[wish.refundId];
    if (typeof refunded === 'number') {
      answer = { kind: 'reserved', amountInPaisa: refunded, isNew: false };
      return undefined;
    }
    answer = judgeOnRow(row, wish, { gateway, now });
    if (answer.kind === 'refused' || !answer.isNew) return undefined;
    return addHold(row, wish.refundId, answer.amountInPaisa, now);
  });
  return answer;
}

/** What would be answered if the amount were to be set aside now. Nothing is written. */
export function judgeOnRow(
  row: Record<string, unknown>,
  wish: RefundWish,
  { gateway, now }: { gateway: Pick<PaymentGateway, 'refundLimits'>; now: Date },
): Reservation {
  const order = readRefundable(row);
  return order
    ? judgeReservation(order, wish, { limits: gateway.refundLimits, now })
    : refuse('CANNOT_BE_ASKED', "the order's row does not say what was paid, or when");
}

/**
 * Sets aside what the gateway is paying back already, without asking whether it may: so that meanwhile no refund of ours
 * gives the same money back.
 */
export async function holdOnOrder(
  { mergeTransaction }: OrderHolds,
  transactionId: string,
  refund: { refundId: string; amountInPaisa: number },
  now: Date,
): Promise<void> {
  await mergeTransaction(transactionId, (row) => {
    const isKnown = [readHolds(row), readMap(row, 'refunds') ?? {}].some((map) =>
      Object.hasOwn(map, refund.refundId),
    );
    return isKnown ? undefined : addHold(row, refund.refundId, refund.amountInPaisa, now);
  });
}

/** Sets free what a refund that was never sent may have set aside all the same: its writer was held up, and lost its claim. */
export async function freeOnOrder(
  { mergeTransaction }: OrderHolds,
  transactionId: string,
  refundId: string,
  now: Date,
): Promise<void> {
  await mergeTransaction(transactionId, (row) => {
    const { gone, attributes } = removeHold(row, refundId);
    return buildChange(row, { attributes, gone, stamps: { updatedAt: now.toISOString() } });
  });
}

/** What takes a refund's hold off the row; nothing where there is none. */
export function removeHold(row: Row, refundId: string) {
  return Object.hasOwn(readHolds(row), refundId)
    ? {
        gone: [`refundHolds.${refundId}`],
        attributes: { refundVersion: nextRefundVersion(row) },
      }
    : { gone: [], attributes: {} };
}

function addHold(row: Row, refundId: string, amountInPaisa: number, now: Date) {
  const { maps, basedOn } = addToMap(row, 'refundHolds', refundId, amountInPaisa);
  return buildChange(row, {
    attributes: { refundVersion: nextRefundVersion(row) },
    maps,
    stamps: { updatedAt: now.toISOString() },
    basedOn: [...decisive, ...basedOn],
  });
}

/** Both maps of refunds change under this number. */
export function nextRefundVersion({ refundVersion }: Row): number {
  return (typeof refundVersion === 'number' ? refundVersion : 0) + 1;
}

/** refundId -> paisa that is set aside. */
export function readHolds(row: Row): Readonly<Record<string, number>> {
  const entries = Object.entries(readMap(row, 'refundHolds') ?? {});
  return Object.fromEntries(
    // What cannot be read is set aside all the same.
    entries.map(([id, amount]) => [id, typeof amount === 'number' ? amount : 0]),
  );
}

/** What the order's row says of money; undefined where it does not say what was paid. */
function readRefundable(row: Record<string, unknown>): RefundableOrder | undefined {
  const parsed = readRow(row);
  const { amount, completedAttempts = 1 } = parsed;
  const completedAt = readMoment(parsed.completedAt) ?? readMoment(parsed.createdAt);
  if (amount === undefined || completedAt === undefined) return undefined;
  return {
    status: parsed.status,
    amountInPaisa: amount,
    completedAttempts,
    completedAt,
    isDuplicate: parsed.duplicateOf !== undefined,
    refundedInPaisa: refundedInPaisa(row),
    holds: readHolds(row),
    dispute: findDispute(row),
  };
}

/** What keeps an order's money here. Rows of before disputes were kept have only the need for an operator. */
export function findDispute(row: Row): RefundableOrder['dispute'] {
  const isKept = readMap(row, 'disputes') !== undefined;
  if (isKept) return findDisputeInTheWay(readDisputes(row));
  return needsAttention(row, 'DISPUTE') ? 'OPEN' : undefined;
}

/** The ids of all refunds that the row knows: under way, and done. */
export function listRefundIds(row: Row): string[] {
  return [...Object.keys(readHolds(row)), ...Object.keys(readMap(row, 'refunds') ?? {})];
}

/** Throws where an order's row has vanished under a refund: an operator must look. */
export function requireOrder<T>(row: T | undefined, transactionId: string): T {
  if (row === undefined) throw new PermanentError(`no transaction row ${transactionId}`);
  return row;
}
