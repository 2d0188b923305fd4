import type { gatewayEventReceived } from '@cloudnestle/contracts/events/gateway-event-received';
import type { ReceivedEvent } from '@cloudnestle/runtime/queue/parse-record';
import type { Delivery, RecordOutcome } from '@cloudnestle/runtime/queue/subscriber';
import type { RecordDependencies } from './dependencies.ts';
import { findNamedOrder, refuseUnknownOrder } from './find-order.ts';
import { recordedAt } from './merge/history.ts';
import { mergeGatewayEvent } from './merge/merge-gateway-event.ts';
import { recordOnRow } from './record-on-row.ts';
import { recordRefund } from './refund/record-refund.ts';

type GatewayEvent = ReceivedEvent<typeof gatewayEventReceived>;

/**
 * The gateway said something that is no outcome. A dispute is a line in its order's history and an alert; an answer
 * that does not fit our row also puts the order up for review; a refund has a use case of its own. Throws
 * `PermanentError` where the event names no order of ours: an operator must look.
 */
export async function recordGatewayEvent(
  deps: RecordDependencies,
  event: GatewayEvent,
  delivery: Pick<Delivery, 'attempt'>,
): Promise<RecordOutcome> {
  if (event.data.kind === 'refund') return recordRefund(deps, event, delivery);
  const transactionId = await findNamedOrder(deps.rows, event.data);
  if (transactionId === undefined) return refuseUnknownOrder(deps, event);
  await recordNotice(deps, event, transactionId);
  return { kind: 'applied' };
}

/** Alerts once per dispute's word and once per order that comes up for review. */
async function recordNotice(
  deps: RecordDependencies,
  { metadata, data }: GatewayEvent,
  transactionId: string,
): Promise<void> {
  const { eventId } = metadata;
  const what = `${data.kind}: ${data.gatewayState}`;
  const entry = { eventId, what, at: metadata.occurredAt };
  let isNewDispute = false;
  let isNewForReview = false;
  await recordOnRow(deps, transactionId, entry, (current) => {
    const change = mergeGatewayEvent(current, { data, entry }, { now: deps.now() });
    // Asked in every round: after a lost answer only the first round still sees the row without it.
    isNewDispute ||= data.kind === 'dispute' && recordedAt(current, eventId) === undefined;
    isNewForReview ||= change?.set.needsReview !== undefined && current.needsReview === undefined;
    return change;
  });
  if (isNewDispute) {
    deps.metrics.count('DisputeReceived');
    deps.log.warn('dispute received', { transactionId, eventId });
  }
  if (isNewForReview) {
    deps.metrics.count('OrderNeedsReview');
    const { merchantOrderId } = data;
    deps.log.warn('order needs review', { transactionId, merchantOrderId, eventId });
  }
}
