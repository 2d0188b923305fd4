import type { GatewayEventReceivedData } from '@cloudnestle/contracts/events/gateway-event-received';
import { buildGatewayEvent, type GatewayEvent } from '@cloudnestle/payments/build-events';
import type { Order } from '@cloudnestle/payments/order';

const trigger = { producer: 'webhook', causationId: 'c', gatewayEvent: 'pg.refund.completed' };

/** A gateway event as the webhook publishes it. */
export function gatewayEventOf(
  data: GatewayEventReceivedData,
  at = '2025-11-24T08:00:00.000Z',
): GatewayEvent {
  return buildGatewayEvent(data, new Date(at), trigger);
}

/** The gateway's news that a refund of this order is through; `changes` make it another one. */
export function refundEventOf(
  { row }: Order,
  merchantRefundId: string,
  changes: Partial<GatewayEventReceivedData> = {},
): GatewayEvent {
  return gatewayEventOf({
    kind: 'refund',
    gatewayState: 'COMPLETED',
    merchantOrderId: row.merchantOrderId,
    merchantRefundId,
    ...changes,
  });
}
