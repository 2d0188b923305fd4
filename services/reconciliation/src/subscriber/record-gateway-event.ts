import type { gatewayEventReceived } from '@cloudnestle/contracts/events/gateway-event-received';
import { isStandingFact } from '@cloudnestle/payments/attention/attention';
import type { ReceivedEvent } from '@cloudnestle/runtime/queue/parse-record';
import type { Delivery, RecordOutcome } from '@cloudnestle/runtime/queue/subscriber';
import type { RecordDependencies } from './dependencies.ts';
import { findNamedOrder, refuseUnknownOrder } from './find-order.ts';
import { factOf, mergeGatewayEvent } from './merge/merge-gateway-event.ts';
import { recordOnRow, toTold } from './record-on-row.ts';
import { recordRefund } from './refund/record-refund.ts';

type GatewayEvent = ReceivedEvent<typeof gatewayEventReceived>;

/**
 * The gateway said something that is no outcome. A dispute, and an answer that does not fit our row, are a line in their
 * order's history and need a person; a refund has a use case of its own. Throws `PermanentError` where the event names no
 * order of ours: an operator must look.
 */
export async function recordGatewayEvent(
  deps: RecordDependencies,
  event: GatewayEvent,
  delivery: Pick<Delivery, 'attempt' | 'mayBeRepeat'>,
): Promise<RecordOutcome> {
  if (event.data.kind === 'refund') return recordRefund(deps, event, delivery);
  const transactionId = await findNamedOrder(deps.rows, event.data);
  if (transactionId === undefined) return refuseUnknownOrder(deps, event);
  await recordNotice(deps, event, transactionId);
  return { kind: 'applied' };
}

/** Warns at each delivery while what it tells needs a person: the state on the row is the alarm, this is its trail. */
async function recordNotice(
  deps: RecordDependencies,
  { metadata, data }: GatewayEvent,
  transactionId: string,
): Promise<void> {
  const told = toTold(metadata, `${data.kind}: ${data.gatewayState}`);
  const { entry } = told;
  const { row } = await recordOnRow(deps, transactionId, told, (current) =>
    mergeGatewayEvent(current, { data, entry }, { now: deps.now() }),
  );
  const fact = factOf({ data, entry });
  if (fact === undefined || !isStandingFact(row, fact.reason, fact.id)) return;
  const { reason: attention } = fact;
  deps.log.warn('order needs attention', { transactionId, eventId: entry.eventId, attention });
}
