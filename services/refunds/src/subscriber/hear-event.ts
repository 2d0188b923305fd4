import type { gatewayEventReceived } from '@cloudnestle/contracts/events/gateway-event-received';
import type { refundRequested } from '@cloudnestle/contracts/events/refund-requested';
import { PermanentError, RetryLaterError } from '@cloudnestle/runtime/errors';
import type { ReceivedEvent, RecordOutcome } from '@cloudnestle/runtime/queue/subscriber';
import { driveRefund } from '../drive/drive-refund.ts';
import { type HearDependencies, hearOfRefund } from './hear-of-refund.ts';

/** What the subscriber does with what it hears. Disputes and mismatches are the order's row's, not a refund's. */
export async function hearEvent(
  deps: HearDependencies,
  event: ReceivedEvent<typeof refundRequested | typeof gatewayEventReceived>,
): Promise<RecordOutcome> {
  if (event.detailType === 'RefundRequested') return submitRequested(deps, event);
  if (event.data.kind === 'refund') return hearOfRefund(deps, event);
  return { kind: 'skipped', why: `no refund: ${event.data.kind}` };
}

/**
 * Sends a refund that was just set aside, and asks about one whose sending died. One that is further on is left to the
 * sweep.
 */
async function submitRequested(
  deps: HearDependencies,
  { metadata, data }: ReceivedEvent<typeof refundRequested>,
): Promise<RecordOutcome> {
  const { refundId } = data;
  const refund = await deps.refunds.find(refundId);
  if (!refund) throw new PermanentError(`no refund row ${refundId}`);
  const { state } = refund;
  if (state !== 'RESERVED' && state !== 'REQUESTED' && state !== 'SUBMITTED') {
    return { kind: 'skipped', why: `it is ${state} already` };
  }
  const trigger = {
    producer: 'refunds',
    causationId: metadata.eventId,
    traceparent: metadata.traceparent,
  };
  const result = await driveRefund(deps, refundId, { trigger, when: 'now' });
  if (result.kind === 'none') throw new RetryLaterError('another look has this refund');
  return { kind: 'applied' };
}
