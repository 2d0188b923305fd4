import type { EventToPublish } from '@cloudnestle/contracts/event';
import { type AccessEndedData, accessEnded } from '@cloudnestle/contracts/events/access-ended';
import { type AccessEndingData, accessEnding } from '@cloudnestle/contracts/events/access-ending';
import type { DetailType } from '@cloudnestle/contracts/events/all';
import {
  type GatewayEventReceivedData,
  gatewayEventReceived,
} from '@cloudnestle/contracts/events/gateway-event-received';
import {
  type PaymentCompletedData,
  paymentCompleted,
} from '@cloudnestle/contracts/events/payment-completed';
import {
  type FailureReason,
  type PaymentFailedData,
  paymentFailed,
} from '@cloudnestle/contracts/events/payment-failed';
import {
  type PaymentInitiatedData,
  paymentInitiated,
} from '@cloudnestle/contracts/events/payment-initiated';
import { buildMetadata, deriveEventId as derive, type Trigger } from './fact.ts';
import type { OrderStatus, PaymentAttempt } from './gateway.ts';
import type { Order } from './order.ts';

/** The state of an order that the gateway does not know. */
export const NOT_FOUND = 'NOT_FOUND';

export type { Trigger };

export type InitiatedEvent = EventToPublish<'PaymentInitiated', PaymentInitiatedData>;
export type CompletedEvent = EventToPublish<'PaymentCompleted', PaymentCompletedData>;
export type FailedEvent = EventToPublish<'PaymentFailed', PaymentFailedData>;
export type AccessEndedEvent = EventToPublish<'AccessEnded', AccessEndedData>;
export type AccessEndingEvent = EventToPublish<'AccessEnding', AccessEndingData>;
export type GatewayEvent = EventToPublish<'GatewayEventReceived', GatewayEventReceivedData>;

/** What the gateway said of an order, and when; an answer that was not just asked for names no time. */
export type AnsweredStatus = OrderStatus & { answeredAt?: string };

export function buildInitiatedEvent(
  order: Order,
  redirectUrl: string,
  trigger: Omit<Trigger, 'gatewayEvent'>,
): InitiatedEvent {
  return {
    detailType: paymentInitiated.detailType,
    detail: {
      metadata: buildMetadata(trigger, {
        eventId: initiatedEventId(order.row.merchantOrderId),
        schemaVersion: paymentInitiated.schemaVersion,
        correlationId: order.row.transactionId,
        occurredAt: order.createdAt.toISOString(),
      }),
      data: {
        ...orderData(order),
        ...(order.row.paymentMethod ? { gateway: order.row.paymentMethod } : {}),
        redirectUrl,
      },
    },
  };
}

/** The order is paid. `completedAt` is the earliest COMPLETED attempt's time, else the order's createdAt. */
export function buildCompletedEvent(
  order: Order,
  status: AnsweredStatus,
  gateway: string,
  trigger: Trigger,
): CompletedEvent {
  const attempts = status.attempts.filter((attempt) => attempt.state === 'COMPLETED');
  const completed = attempts.toSorted((a, b) => compareTimes(a.at, b.at))[0];
  const completedAttempts = countDistinct(attempts);
  const completedAt = completed?.at ?? order.createdAt.toISOString();
  return {
    detailType: paymentCompleted.detailType,
    detail: {
      metadata: buildMetadata(trigger, {
        eventId: completedEventId(order.row.merchantOrderId),
        schemaVersion: paymentCompleted.schemaVersion,
        correlationId: order.row.transactionId,
        occurredAt: completedAt,
      }),
      data: {
        ...orderData(order),
        ...gatewayData(status, completed, gateway, trigger),
        completedAt,
        ...(completedAttempts > 1 ? { completedAttempts } : {}),
      },
    },
  };
}

/** The order ended unpaid. `failedAt` is the latest attempt's time, else the order's expiry. */
export function buildFailedEvent(
  order: Order,
  status: AnsweredStatus | undefined,
  reason: FailureReason,
  gateway: string,
  trigger: Trigger,
): FailedEvent {
  const latest = status?.attempts.toSorted((a, b) => compareTimes(a.at, b.at)).findLast(hasTime);
  const failedAt = latest?.at ?? order.expiresAt.toISOString();
  const attempted = status?.attempts.some((attempt) => attempt.state === 'FAILED') ?? false;
  return {
    detailType: paymentFailed.detailType,
    detail: {
      metadata: buildMetadata(trigger, {
        eventId: failedEventId(order.row.merchantOrderId, reason),
        schemaVersion: paymentFailed.schemaVersion,
        correlationId: order.row.transactionId,
        occurredAt: failedAt,
      }),
      data: {
        ...orderData(order),
        ...gatewayData(status, latest, gateway, trigger),
        failedAt,
        reason,
        attempted,
        ...(status?.errorCode ? { gatewayErrorCode: status.errorCode } : {}),
      },
    },
  };
}

/**
 * A paid order gives no access any more. The fact is the order's end at that moment for that reason: whichever function publishes it,
 * and however often, the id is the same.
 */
export function buildAccessEndedEvent(
  order: Pick<AccessEndedData, 'transactionId' | 'userId' | 'userEmail' | 'plan'>,
  { reason, endedAt }: Pick<AccessEndedData, 'reason' | 'endedAt'>,
  trigger: Omit<Trigger, 'gatewayEvent'>,
): AccessEndedEvent {
  const { transactionId, userId, userEmail, plan } = order;
  return {
    detailType: accessEnded.detailType,
    detail: {
      metadata: buildMetadata(trigger, {
        eventId: derive(['access ended', transactionId, reason, endedAt]),
        schemaVersion: accessEnded.schemaVersion,
        correlationId: transactionId,
        occurredAt: endedAt,
      }),
      data: { transactionId, userId, userEmail, plan, endedAt, reason },
    },
  };
}

/** A pass runs out at `endsAt`, without anything after it. The fact is that end: another end is another fact. */
export function buildAccessEndingEvent(
  order: Pick<AccessEndingData, 'transactionId' | 'userId' | 'userEmail' | 'plan'>,
  endsAt: string,
  now: Date,
  trigger: Omit<Trigger, 'gatewayEvent'>,
): AccessEndingEvent {
  const { transactionId, userId, userEmail, plan } = order;
  return {
    detailType: accessEnding.detailType,
    detail: {
      metadata: buildMetadata(trigger, {
        eventId: derive(['access ending', transactionId, endsAt]),
        schemaVersion: accessEnding.schemaVersion,
        correlationId: transactionId,
        occurredAt: now.toISOString(),
      }),
      data: { transactionId, userId, userEmail, plan, endsAt },
    },
  };
}

/** A refund, a dispute, or an answer that does not fit the order's row. */
export function buildGatewayEvent(
  data: GatewayEventReceivedData,
  now: Date,
  trigger: Trigger,
): GatewayEvent {
  const eventId = gatewayEventId(data);
  return {
    detailType: gatewayEventReceived.detailType,
    detail: {
      metadata: buildMetadata(trigger, {
        eventId,
        schemaVersion: gatewayEventReceived.schemaVersion,
        correlationId: data.merchantOrderId ? `txn_${data.merchantOrderId}` : eventId,
        occurredAt: now.toISOString(),
      }),
      data,
    },
  };
}

function orderData(order: Order) {
  const { row } = order;
  return {
    transactionId: row.transactionId,
    merchantOrderId: row.merchantOrderId,
    userId: row.userId,
    userEmail: row.userEmail,
    plan: order.plan,
    amountInPaisa: order.amountInPaisa,
    currency: order.plan.currency,
    ...(row.source ? { source: row.source } : {}),
    createdAt: order.createdAt.toISOString(),
    expiresAt: order.expiresAt.toISOString(),
  };
}

function gatewayData(
  status: AnsweredStatus | undefined,
  attempt: PaymentAttempt | undefined,
  gateway: string,
  trigger: Trigger,
) {
  return {
    gateway,
    gatewayEvent: trigger.gatewayEvent,
    gatewayState: status?.gatewayState ?? NOT_FOUND,
    ...(status?.gatewayOrderId ? { gatewayOrderId: status.gatewayOrderId } : {}),
    ...(attempt?.gatewayTransactionId
      ? { gatewayTransactionId: attempt.gatewayTransactionId }
      : {}),
    ...(attempt?.instrument ? { instrument: attempt.instrument } : {}),
    ...(status?.answeredAt ? { answeredAt: status.answeredAt } : {}),
  };
}

/** A gateway may list an attempt twice; one without a reference counts for itself: rather seen twice than never. */
function countDistinct(attempts: readonly PaymentAttempt[]): number {
  const ids = attempts.map(({ gatewayTransactionId }) => gatewayTransactionId ?? Symbol());
  return new Set<string | symbol>(ids).size;
}

function hasTime(attempt: PaymentAttempt): boolean {
  return attempt.at !== undefined;
}

/** Sorts by time; attempts without a readable time come last. */
function compareTimes(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  return a < b ? -1 : 1;
}

/** Ids of facts: the same fact has the same id, whichever function publishes it and however often. */
export function initiatedEventId(merchantOrderId: string): string {
  return derive(['initiated', merchantOrderId]);
}

export function completedEventId(merchantOrderId: string): string {
  return derive(['completed', merchantOrderId]);
}

function failedEventId(merchantOrderId: string, reason: FailureReason): string {
  return derive(['failed', merchantOrderId, reason]);
}

export function gatewayEventId(data: GatewayEventReceivedData): string {
  return derive([
    data.kind,
    data.merchantOrderId,
    data.gatewayOrderId,
    data.merchantRefundId,
    data.gatewayRefundId,
    data.disputeId,
    data.gatewayState,
    data.amountInPaisa,
  ]);
}

/** Puts one event on the bus. Answers instead of throwing; `failed` means no subscriber will see it. */
export type Publish = (event: EventToPublish<DetailType>) => Promise<PublishAnswer>;

export type PublishAnswer = { kind: 'published' } | { kind: 'failed'; reason: string };
