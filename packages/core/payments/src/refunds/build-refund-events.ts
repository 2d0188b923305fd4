import type { EventToPublish } from '@cloudnestle/contracts/event';
import {
  type PaymentRefundedData,
  paymentRefunded,
} from '@cloudnestle/contracts/events/payment-refunded';
import { type RefundFailedData, refundFailed } from '@cloudnestle/contracts/events/refund-failed';
import {
  type RefundInDoubtData,
  refundInDoubt,
} from '@cloudnestle/contracts/events/refund-in-doubt';
import {
  type RefundRequestedData,
  refundRequested,
} from '@cloudnestle/contracts/events/refund-requested';
import { buildMetadata, deriveEventId, type Trigger } from '../fact.ts';

export type RefundRequestedEvent = EventToPublish<'RefundRequested', RefundRequestedData>;
export type PaymentRefundedEvent = EventToPublish<'PaymentRefunded', PaymentRefundedData>;
export type RefundFailedEvent = EventToPublish<'RefundFailed', RefundFailedData>;
export type RefundInDoubtEvent = EventToPublish<'RefundInDoubt', RefundInDoubtData>;

type Publisher = Omit<Trigger, 'gatewayEvent'>;

export function buildRefundRequestedEvent(
  data: RefundRequestedData,
  trigger: Publisher,
): RefundRequestedEvent {
  const { refundId, transactionId, requestedAt } = data;
  const { detailType, schemaVersion } = refundRequested;
  const metadata = buildMetadata(trigger, {
    eventId: deriveEventId(['refund requested', transactionId, refundId]),
    schemaVersion,
    correlationId: transactionId,
    occurredAt: requestedAt,
  });
  return { detailType, detail: { metadata, data } };
}

/** Money went back. The fact is this refund's end, whichever look finds it. */
export function buildPaymentRefundedEvent(
  data: PaymentRefundedData,
  trigger: Publisher,
): PaymentRefundedEvent {
  const { refundId, transactionId, refundedAt } = data;
  const { detailType, schemaVersion } = paymentRefunded;
  const metadata = buildMetadata(trigger, {
    eventId: deriveEventId(['refunded', transactionId, refundId]),
    schemaVersion,
    correlationId: transactionId,
    occurredAt: refundedAt,
  });
  return { detailType, detail: { metadata, data } };
}

export function buildRefundFailedEvent(
  data: RefundFailedData,
  trigger: Publisher,
): RefundFailedEvent {
  const { refundId, transactionId, failedAt } = data;
  const { detailType, schemaVersion } = refundFailed;
  const metadata = buildMetadata(trigger, {
    eventId: deriveEventId(['refund failed', transactionId, refundId]),
    schemaVersion,
    correlationId: transactionId,
    occurredAt: failedAt,
  });
  return { detailType, detail: { metadata, data } };
}

/** Another doubt about the same refund is another fact. */
export function buildRefundInDoubtEvent(
  data: RefundInDoubtData,
  trigger: Publisher,
): RefundInDoubtEvent {
  const { refundId, transactionId, doubt, since } = data;
  const { detailType, schemaVersion } = refundInDoubt;
  const metadata = buildMetadata(trigger, {
    eventId: deriveEventId(['refund in doubt', transactionId, refundId, doubt]),
    schemaVersion,
    correlationId: transactionId,
    occurredAt: since,
  });
  return { detailType, detail: { metadata, data } };
}
