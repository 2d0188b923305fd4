import type {
  GatewayEventReceivedData,
  gatewayEventReceived,
} from '@cloudnestle/contracts/events/gateway-event-received';
import { transactionIdSchema } from '@cloudnestle/contracts/ids';
import { toTransactionId } from '@cloudnestle/payments/order-ids';
import { PermanentError } from '@cloudnestle/runtime/errors';
import type { ReceivedEvent } from '@cloudnestle/runtime/queue/subscriber';
import { findByGatewayId } from '@cloudnestle/runtime/read-transaction';
import { redact } from '@cloudnestle/runtime/redact';
import type { RecordDependencies, TransactionRows } from './record-on-row.ts';

/** The transaction id of the order that a gateway event names: by its merchantOrderId, else by the gateway's id. */
export async function findNamedOrder(
  rows: TransactionRows,
  { merchantOrderId, gatewayOrderId }: GatewayEventReceivedData,
): Promise<string | undefined> {
  const byOurs = await findByOurId(rows, merchantOrderId);
  if (byOurs !== undefined || gatewayOrderId === undefined) return byOurs;
  const row = await findByGatewayId(rows, gatewayOrderId);
  return row && transactionIdSchema.parse(row.transactionId);
}

/** The order's transaction id, where it is named and there is a row for it. */
export async function findByOurId(
  rows: TransactionRows,
  merchantOrderId: string | undefined,
): Promise<string | undefined> {
  if (merchantOrderId === undefined) return undefined;
  const transactionId = toTransactionId(merchantOrderId);
  return (await rows.find(transactionId)) ? transactionId : undefined;
}

/** It cannot be said whose event it is: counted, warned of, and left to an operator in the dead-letter queue. */
export function refuseUnknownOrder(
  deps: Pick<RecordDependencies, 'metrics' | 'log'>,
  { metadata, data }: ReceivedEvent<typeof gatewayEventReceived>,
): never {
  const { kind, gatewayState: _state, amountInPaisa: _amount, ...ids } = data;
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
