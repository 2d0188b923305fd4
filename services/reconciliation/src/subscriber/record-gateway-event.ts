import type { gatewayEventReceived } from '@cloudnestle/contracts/events/gateway-event-received';
import { toTransactionId } from '@cloudnestle/payments/order-ids';
import { PermanentError } from '@cloudnestle/runtime/errors';
import type { ReceivedEvent } from '@cloudnestle/runtime/queue/parse-record';
import type { RecordOutcome } from '@cloudnestle/runtime/queue/subscriber';
import type { RecordDependencies } from './dependencies.ts';
import { mergeGatewayEvent } from './merge/merge-gateway-event.ts';
import { recordOnRow } from './record-on-row.ts';

/**
 * The gateway said something that is no outcome. A refund or dispute is a line in its order's history; an answer that
 * does not fit our row also puts the order up for review, with metric and warning. Throws `PermanentError` where the
 * event names no order of ours: an operator must look.
 */
export async function recordGatewayEvent(
  deps: RecordDependencies,
  { metadata, data }: ReceivedEvent<typeof gatewayEventReceived>,
): Promise<RecordOutcome> {
  const { kind, merchantOrderId } = data;
  if (merchantOrderId === undefined) throw new PermanentError(`a ${kind} that names no order`);
  const transactionId = toTransactionId(merchantOrderId);
  const what = `${kind}: ${data.gatewayState}`;
  const entry = { eventId: metadata.eventId, what, at: metadata.occurredAt };
  let isNewForReview = false;
  await recordOnRow(deps, transactionId, entry, (current) => {
    // Asked in every round: after a lost answer only the first round still sees the row without it.
    isNewForReview ||= kind === 'mismatch' && current.needsReview === undefined;
    return mergeGatewayEvent(current, { data, entry }, { now: deps.now() });
  });
  if (isNewForReview) {
    deps.metrics.count('OrderNeedsReview');
    const { eventId } = entry;
    deps.log.warn('order needs review', { transactionId, merchantOrderId, eventId });
  }
  return { kind: 'applied' };
}
