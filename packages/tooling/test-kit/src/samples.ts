import type { AccessEndReason } from '@cloudnestle/contracts/events/access-ended';
import type { FailureReason } from '@cloudnestle/contracts/events/payment-failed';
import type { PaymentRefundedData } from '@cloudnestle/contracts/events/payment-refunded';
import type { RefundFailedData } from '@cloudnestle/contracts/events/refund-failed';
import type { RefundInDoubtData } from '@cloudnestle/contracts/events/refund-in-doubt';
import type { TransactionItem } from '@cloudnestle/contracts/items/transaction';
import type { Plan } from '@cloudnestle/contracts/plan';
import {
  type AccessEndedEvent,
  type AccessEndingEvent,
  buildAccessEndedEvent,
  buildAccessEndingEvent,
  buildCompletedEvent,
  buildFailedEvent,
  buildInitiatedEvent,
  type CompletedEvent,
  type FailedEvent,
  type InitiatedEvent,
  type Trigger,
} from '@cloudnestle/payments/build-events';
import { buildCatalogue, DEFAULT_SOLUTION_ID, planIds } from '@cloudnestle/payments/catalogue';
import type { OrderStatus } from '@cloudnestle/payments/gateway';
import { dayShardOf, firstCheckAt, openShardOf } from '@cloudnestle/payments/index-keys';
import { type Order, readOrder } from '@cloudnestle/payments/order';
import { toTransactionId } from '@cloudnestle/payments/order-ids';
import {
  buildPaymentRefundedEvent,
  buildRefundFailedEvent,
  buildRefundInDoubtEvent,
  type PaymentRefundedEvent,
  type RefundFailedEvent,
  type RefundInDoubtEvent,
} from '@cloudnestle/payments/refunds/build-refund-events';

export const sampleCatalogue = buildCatalogue({
  solutionId: DEFAULT_SOLUTION_ID,
  onSale: planIds,
});

/** A plan of the catalogue by its id. */
export function planOf(planId: string): Plan {
  const plan = sampleCatalogue.plans.find((each) => each.planId === planId);
  if (!plan) throw new Error(`the catalogue has no plan ${planId}`);
  return plan;
}

let sequence = 0;

/** A PENDING row as the upgrade call leaves it. Every call makes another order. */
export function sampleRow(overrides: Partial<TransactionItem> = {}): TransactionItem {
  sequence += 1;
  const userId = overrides.userId ?? 'test-uuid-123';
  const merchantOrderId =
    overrides.merchantOrderId ?? `MP-${userId}-1732356000-${String(sequence).padStart(6, '0')}`;
  const transactionId = toTransactionId(merchantOrderId);
  const createdAt = overrides.createdAt ?? '2025-11-23T09:00:00.000Z';
  const plan = planOf('pro');
  return {
    transactionId,
    merchantOrderId,
    userId,
    userEmail: 'test@example.com',
    tier: 'pro',
    amount: plan.amountInPaisa,
    currency: 'INR',
    plan,
    status: 'PENDING',
    paymentMethod: 'phonepe',
    phonepeOrderId: `OMO${sequence}`,
    redirectUrl: `https://pay.example/${sequence}`,
    createdAt,
    updatedAt: createdAt,
    expiresAt: new Date(new Date(createdAt).getTime() + 1_800_000).toISOString(),
    history: {},
    openShard: openShardOf(transactionId, 1),
    nextCheckAt: firstCheckAt(new Date(createdAt)),
    dayShard: dayShardOf(transactionId, new Date(createdAt), 1),
    ...overrides,
  };
}

export function sampleOrder(row: TransactionItem = sampleRow()): Order {
  const read = readOrder(row, sampleCatalogue);
  if (read.kind === 'unreadable') throw new Error(read.reason);
  return read.order;
}

const trigger: Trigger = {
  producer: 'test',
  causationId: 'test',
  gatewayEvent: 'checkout.order.completed',
};

/** The gateway's answer for an order paid by UPI. */
export function samplePaidStatus(order: Order, completedAt: string): OrderStatus {
  return {
    state: 'COMPLETED',
    gatewayState: 'COMPLETED',
    gatewayOrderId: order.row.phonepeOrderId ?? 'OMO1',
    amountInPaisa: order.amountInPaisa,
    isOurs: true,
    attempts: [
      {
        state: 'COMPLETED',
        at: completedAt,
        gatewayTransactionId: `OM-${order.row.merchantOrderId}`,
        instrument: {
          mode: 'UPI',
          gatewayMode: 'UPI_INTENT',
          utr: '123456789012',
          upiTransactionId: 'UPI123456',
          vpa: 'user@paytm',
        },
      },
    ],
  };
}

export function sampleInitiated(order: Order = sampleOrder()): InitiatedEvent {
  return buildInitiatedEvent(order, order.row.redirectUrl ?? 'https://pay.example/1', trigger);
}

export function sampleCompleted(
  order: Order = sampleOrder(),
  completedAt = '2025-11-23T10:00:00.000Z',
): CompletedEvent {
  return buildCompletedEvent(order, samplePaidStatus(order, completedAt), 'phonepe', trigger);
}

/** The end of what an order gives. */
export function sampleEnded(
  { detail: { data } }: CompletedEvent,
  reason: AccessEndReason,
  endedAt: string,
): AccessEndedEvent {
  return buildAccessEndedEvent(data, { reason, endedAt }, trigger);
}

/** A few days before what an order gives ends. */
export function sampleEnding(
  { detail: { data } }: CompletedEvent,
  endsAt: string,
): AccessEndingEvent {
  const now = new Date(Date.parse(endsAt) - 3 * 86_400_000);
  return buildAccessEndingEvent(data, endsAt, now, trigger);
}

export function sampleFailed(
  order: Order = sampleOrder(),
  reason: FailureReason = 'DECLINED',
  failedAt = '2025-11-23T09:10:00.000Z',
): FailedEvent {
  const attempted = reason === 'DECLINED';
  return buildFailedEvent(
    order,
    {
      state: 'FAILED',
      gatewayState: 'FAILED',
      gatewayOrderId: order.row.phonepeOrderId ?? 'OMO1',
      amountInPaisa: order.amountInPaisa,
      isOurs: true,
      failure: reason === 'UNKNOWN_AT_GATEWAY' ? 'EXPIRED' : reason,
      errorCode: 'AUTHORIZATION_ERROR',
      attempts: attempted ? [{ state: 'FAILED', at: failedAt }] : [],
    },
    reason,
    'phonepe',
    { ...trigger, gatewayEvent: 'checkout.order.failed' },
  );
}

/** Money of an order that went back: all of it, unless it says otherwise. */
export function sampleRefunded(
  { row, plan, amountInPaisa }: Order,
  changes: Partial<PaymentRefundedData> = {},
): PaymentRefundedEvent {
  const { transactionId, merchantOrderId, userId, userEmail } = row;
  const amount = changes.amountInPaisa ?? amountInPaisa;
  return buildPaymentRefundedEvent(
    {
      ...{ transactionId, merchantOrderId, userId, userEmail, plan },
      ...refundOf('COMPLETED'),
      amountInPaisa: amount,
      currency: plan.currency,
      totalRefundedInPaisa: amount,
      isFull: amount >= amountInPaisa,
      refundedAt: '2025-11-24T08:00:00.000Z',
      ...changes,
    },
    trigger,
  );
}

/** A refund of an order that the gateway would not pay. */
export function sampleRefundFailed(
  { row: { transactionId }, amountInPaisa }: Order,
  changes: Partial<RefundFailedData> = {},
): RefundFailedEvent {
  return buildRefundFailedEvent(
    {
      ...{ transactionId, amountInPaisa },
      ...refundOf('FAILED'),
      errorCode: 'REFUND_BREACHED',
      detailedErrorCode: 'BF_034',
      failedAt: '2025-11-24T08:00:00.000Z',
      ...changes,
    },
    trigger,
  );
}

/** A refund of an order that an operator must look at. */
export function sampleRefundInDoubt(
  { row: { transactionId } }: Order,
  changes: Partial<RefundInDoubtData> = {},
): RefundInDoubtEvent {
  return buildRefundInDoubtEvent(
    {
      transactionId,
      refundId: 'MR-1',
      gatewayState: 'COMPLETED',
      doubt: 'the gateway does not know this refund',
      since: '2025-11-24T08:00:00.000Z',
      ...changes,
    },
    trigger,
  );
}

function refundOf(gatewayState: string) {
  return {
    refundId: 'MR-1',
    reason: 'BUYER_REQUEST' as const,
    origin: 'OPERATOR' as const,
    gateway: 'phonepe',
    gatewayState,
  };
}
