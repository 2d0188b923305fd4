import type { RefundItem } from '@cloudnestle/contracts/items/refund';
import {
  freeOnOrder,
  holdOnOrder,
  type OrderHolds,
} from '@cloudnestle/operations/refunds/order-money';
import type { RefundStatus } from '@cloudnestle/payments/gateway';
import { openShardOf } from '@cloudnestle/payments/index-keys';
import { toMerchantOrderId } from '@cloudnestle/payments/order-ids';
import { indexShardCount } from '@cloudnestle/topology/tables';
import type { DriveDependencies } from '../drive/dependencies.ts';

interface AdoptDependencies extends OrderHolds, Pick<DriveDependencies, 'now'> {
  refunds: Pick<DriveDependencies['refunds'], 'create'>;
}

/**
 * A refund that the gateway knows and that was not asked for here gets its row, as if it had been sent from here: from then
 * on it is asked about until it is over. What it takes is set aside on its order, so that no refund of ours gives the same
 * money back. Answers the row that stands, which another delivery may have made.
 */
export async function adoptRefund(
  deps: AdoptDependencies,
  transactionId: string,
  refundId: string,
  status: RefundStatus,
): Promise<RefundItem> {
  const { amountInPaisa, gatewayState, gatewayRefundId } = status;
  const now = deps.now();
  const at = now.toISOString();
  // Before its row: a death in between leaves the next delivery to do both.
  await holdOnOrder(deps, transactionId, { refundId, amountInPaisa }, now);
  const stored = await deps.refunds.create({
    refundId,
    transactionId,
    merchantOrderId: toMerchantOrderId(transactionId),
    state: 'PENDING',
    origin: 'GATEWAY',
    reason: 'OTHER',
    requestedBy: 'gateway',
    amountInPaisa,
    createdAt: at,
    updatedAt: at,
    submittedAt: at,
    gatewayState,
    ...(gatewayRefundId ? { gatewayRefundId } : {}),
    openShard: openShardOf(refundId, indexShardCount),
    nextCheckAt: at,
  });
  // Another delivery was faster and has seen it fail: it may be done with, and then no look would free what was just set aside.
  if (stored.state === 'FAILED') await freeOnOrder(deps, transactionId, refundId, now);
  return stored;
}
