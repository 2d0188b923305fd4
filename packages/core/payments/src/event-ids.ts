import { createHash } from 'node:crypto';
import type { GatewayEventReceivedData } from '@cloudnestle/contracts/events/gateway-event-received';
import type { FailureReason } from '@cloudnestle/contracts/events/payment-failed';

/** Ids of facts: the same fact has the same id, whoever publishes it and however often (design, Data flow). */
export function initiatedEventId(merchantOrderId: string): string {
  return derive(['initiated', merchantOrderId]);
}

export function completedEventId(merchantOrderId: string): string {
  return derive(['completed', merchantOrderId]);
}

export function failedEventId(merchantOrderId: string, reason: FailureReason): string {
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

function derive(parts: ReadonlyArray<string | number | undefined>): string {
  const text = JSON.stringify(parts.map((part) => part ?? null));
  return `evt_${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
}
