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
  { merchantRefundId }: ConfirmedRefund,
): boolean {
  return Object.hasOwn(readMap(row, 'refunds') ?? {}, merchantRefundId);
}

/**
 * Whether the refunds kept on the row, with `another` one if that is not kept yet, reach the order's amount. Never
 * where the row's amount cannot be read: a person must compare then.
 */
export function isRefundedInFull(row: Record<string, unknown>, another?: ConfirmedRefund): boolean {
  const { amount } = readRow(row);
  if (amount === undefined) return false;
  const kept = Object.values(readMap(row, 'refunds') ?? {}).filter(
    (each) => typeof each === 'number',
  );
  const coming = another && !isRefundKept(row, another) ? another.amountInPaisa : 0;
  return kept.reduce((sum, each) => sum + each, coming) >= amount;
}
