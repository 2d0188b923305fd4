import type {
  GatewayEventReceivedData,
  gatewayEventReceived,
} from '@cloudnestle/contracts/events/gateway-event-received';
import { transactionIdSchema } from '@cloudnestle/contracts/ids';
import {
  type TransactionItem,
  transactionItemSchema,
} from '@cloudnestle/contracts/items/transaction';
import { toTransactionId } from '@cloudnestle/payments/order-ids';
import { PermanentError } from '@cloudnestle/runtime/errors';
import type { Log } from '@cloudnestle/runtime/logger';
import type { Metrics } from '@cloudnestle/runtime/metrics';
import type { ReceivedEvent } from '@cloudnestle/runtime/queue/subscriber';
import { findByGatewayId, type OrdersByGatewayId } from '@cloudnestle/runtime/read-transaction';
import { redact } from '@cloudnestle/runtime/redact';

/** An order that has a row here, and where it was opened. */
export type KnownOrder = Pick<TransactionItem, 'transactionId' | 'paymentMethod'>;

/** The order that a gateway event names: by its merchantOrderId, else by the gateway's id. */
export async function findNamedOrder(
  rows: OrdersByGatewayId,
  { merchantOrderId, gatewayOrderId }: GatewayEventReceivedData,
): Promise<KnownOrder | undefined> {
  const byOurs = await findByOurId(rows, merchantOrderId);
  if (byOurs !== undefined || gatewayOrderId === undefined) return byOurs;
  const row = await findByGatewayId(rows, gatewayOrderId);
  return (
    row && { ...readGateway(row), transactionId: transactionIdSchema.parse(row.transactionId) }
  );
}

/** The order, where it is named and there is a row for it. */
export async function findByOurId(
  rows: OrdersByGatewayId,
  merchantOrderId: string | undefined,
): Promise<KnownOrder | undefined> {
  if (merchantOrderId === undefined) return undefined;
  const transactionId = toTransactionId(merchantOrderId);
  const row = await rows.find(transactionId);
  return row && { ...readGateway(row), transactionId };
}

function readGateway({ paymentMethod }: Record<string, unknown>) {
  return { paymentMethod: transactionItemSchema.shape.paymentMethod.safeParse(paymentMethod).data };
}

/** It cannot be said whose event it is: counted, warned of, and left to an operator in the dead-letter queue. */
export function refuseUnknownOrder(
  deps: { metrics: Metrics; log: Log },
  { metadata, data }: ReceivedEvent<typeof gatewayEventReceived>,
): never {
  const { kind, gateway: _gateway, gatewayState: _state, amountInPaisa: _amount, ...ids } = data;
  const given = Object.entries(ids).flatMap(([name, id]) => (id ? [[name, redact(id)]] : []));
  deps.metrics.count('GatewayEventUnknownOrder');
  deps.log.warn('gateway event of an unknown order', {
    eventId: metadata.eventId,
    kind,
    ...Object.fromEntries(given),
  });
  const named = given.map((each) => each.join(' ')).join(', ');
  throw new PermanentError(
    named === '' ? `a ${kind} that names no order` : `no order here for this ${kind}: ${named}`,
  );
}
