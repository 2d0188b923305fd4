import type { EventMetadata } from '@cloudnestle/contracts/event-metadata';
import { readEnd } from '@cloudnestle/payments/access/order-grant';
import { buildAccessEndedEvent, type Publish } from '@cloudnestle/payments/build-events';
import type { Catalogue } from '@cloudnestle/payments/catalogue';
import { readOrder } from '@cloudnestle/payments/order';
import { RetryLaterError } from '@cloudnestle/runtime/errors';

/**
 * Publishes that an order gives no access any more, wherever its row says so: on every delivery that finds the mark, since
 * the one that set it may have died before (rule 13). The sweep publishes it again until the buyer is seen to hold it no
 * more. Throws `RetryLaterError` where the bus does not take it.
 */
export async function tellEnd(
  { publish, catalogue }: { publish: Publish; catalogue: Catalogue },
  row: Record<string, unknown>,
  { eventId, traceparent }: Pick<EventMetadata, 'eventId' | 'traceparent'>,
): Promise<void> {
  const end = readEnd(row);
  if (!end) return;
  const read = readOrder(row, catalogue);
  // Of a row that cannot be read nothing can be said; the sweep leaves it to an operator.
  if (read.kind !== 'order') return;
  const { plan, row: order } = read.order;
  const { transactionId, userId, userEmail } = order;
  const answer = await publish(
    buildAccessEndedEvent({ transactionId, userId, userEmail, plan }, end, {
      producer: 'reconciliation',
      causationId: eventId,
      traceparent,
    }),
  );
  if (answer.kind === 'failed') {
    throw new RetryLaterError(`the end of access could not be published: ${answer.reason}`);
  }
}
