import { addToMap, readMap } from './add-to-map.ts';
import { readRow } from './read-row.ts';

/** A refund that the gateway's own refund status has confirmed. */
export interface ConfirmedRefund {
  merchantRefundId: string;
  amountInPaisa: number;
}

/**
 * What must be written so that the row keeps this refund. The key is our id of the refund and not the gateway's: it is
 * the one the gateway was asked by, and the other one may be missing from its answers.
 */
export function addToRefunds(row: Record<string, unknown>, refund: ConfirmedRefund) {
  return addToMap(row, 'refunds', refund.merchantRefundId, refund.amountInPaisa);
}

export function isRefundKept(
  row: Record<string, unknown>,
  { merchantRefundId }: Pick<ConfirmedRefund, 'merchantRefundId'>,
): boolean {
  return Object.hasOwn(readMap(row, 'refunds') ?? {}, merchantRefundId);
}

/** The row with this refund among those it keeps, as it will be. */
export function withRefund(
  row: Record<string, unknown>,
  refund: ConfirmedRefund | undefined,
): Record<string, unknown> {
  if (refund === undefined || isRefundKept(row, refund)) return row;
  const kept = readMap(row, 'refunds') ?? {};
  return { ...row, refunds: { ...kept, [refund.merchantRefundId]: refund.amountInPaisa } };
}

/** Paisa of all refunds that the row keeps. */
export function refundedInPaisa(row: Record<string, unknown>): number {
  const kept = Object.values(readMap(row, 'refunds') ?? {});
  return kept.reduce<number>((sum, each) => sum + (typeof each === 'number' ? each : 0), 0);
}

/**
 * Whether all that the buyer paid for the order went back: its amount, as often as an attempt completed. Never where the
 * row's amount cannot be read: a person must compare then.
 */
export function isRefundedInFull(row: Record<string, unknown>): boolean {
  const { amount, completedAttempts = 1 } = readRow(row);
  return amount !== undefined && refundedInPaisa(row) >= amount * completedAttempts;
}
