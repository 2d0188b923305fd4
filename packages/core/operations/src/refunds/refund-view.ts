import { type RefundView, refundViewSchema } from '@cloudnestle/contracts/http/refund';
import type { RefundItem } from '@cloudnestle/contracts/items/refund';

/** A refund as operators see it: nothing of claims, leases and indexes. */
export function viewRefund(item: RefundItem): RefundView {
  return refundViewSchema.parse(item);
}
