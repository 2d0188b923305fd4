import { paymentCompleted } from '@cloudnestle/contracts/events/payment-completed';
import { paymentFailed } from '@cloudnestle/contracts/events/payment-failed';
import { paymentInitiated } from '@cloudnestle/contracts/events/payment-initiated';
import type { TransactionItem } from '@cloudnestle/contracts/items/transaction';
import { initiatedEventId } from '@cloudnestle/payments/build-events';
import { dayShardOf, openShardOf } from '@cloudnestle/payments/index-keys';
import { toTransactionId } from '@cloudnestle/payments/order-ids';
import { describeError, PermanentError } from '@cloudnestle/runtime/errors';
import { parseRecord, type ReceivedEvent } from '@cloudnestle/runtime/queue/subscriber';
import { indexShardCount } from '@cloudnestle/topology/tables';

const orderContracts = [paymentInitiated, paymentCompleted, paymentFailed] as const;

/** What an event says of its order. */
export type ToldOrder = ReceivedEvent<(typeof orderContracts)[number]>['data'];

/**
 * The order that a letter's body tells of, or why it tells of none. Anything that may send to the queue could have
 * written it. What a row made of it can bring is bounded by the gateway, which says which order was paid, and how much.
 */
export function readToldOrder(body: string): ToldOrder | { unfit: string } {
  try {
    const { data } = parseRecord(body, orderContracts);
    const { transactionId, merchantOrderId, userId, amountInPaisa, plan } = data;
    if (transactionId !== toTransactionId(merchantOrderId)) {
      return { unfit: 'its two ids are not of one order' };
    }
    if (!merchantOrderId.startsWith(`MP-${userId}-`)) {
      return { unfit: 'the order id is not one of its buyer' };
    }
    if (amountInPaisa !== plan.amountInPaisa) {
      return { unfit: 'the amount is not the price of its plan' };
    }
    return data;
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    return { unfit: describeError(error) };
  }
}

/** The order's row as it began, open for the next sweep. What became of it is the gateway's to say. */
export function buildLostRow(
  order: ToldOrder,
  { now, createdBy }: { now: Date; createdBy: string },
): TransactionItem {
  const { transactionId, merchantOrderId, plan, createdAt } = order;
  const recoveredAt = now.toISOString();
  return {
    transactionId,
    merchantOrderId,
    userId: order.userId,
    userEmail: order.userEmail,
    tier: plan.tier,
    amount: order.amountInPaisa,
    currency: order.currency,
    plan,
    status: 'PENDING',
    ...(order.gateway ? { paymentMethod: order.gateway } : {}),
    ...('gatewayOrderId' in order && order.gatewayOrderId
      ? { phonepeOrderId: order.gatewayOrderId }
      : {}),
    ...('redirectUrl' in order ? { redirectUrl: order.redirectUrl } : {}),
    ...(order.source === undefined ? {} : { source: order.source }),
    createdAt,
    updatedAt: recoveredAt,
    expiresAt: order.expiresAt,
    createdBy,
    history: {
      [initiatedEventId(merchantOrderId)]: { what: 'created', at: createdAt },
      [`recovered ${createdBy}`]: { what: 'row recovered from an event', at: recoveredAt },
    },
    openShard: openShardOf(transactionId, indexShardCount),
    nextCheckAt: recoveredAt,
    dayShard: dayShardOf(transactionId, new Date(createdAt), indexShardCount),
  };
}
