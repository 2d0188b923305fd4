import type { AccessEndedEvent, AccessEndingEvent } from '@cloudnestle/payments/build-events';
import type { PaymentRefundedEvent } from '@cloudnestle/payments/refunds/build-refund-events';
import { parseRecord } from '@cloudnestle/runtime/queue/subscriber';
import { wrapInEnvelope } from '@cloudnestle/runtime/testing/invoke';
import { type MailEvent, mailContracts } from '../mail-event.ts';
import type { PublishedMailEvent } from '../resend.ts';

/** A published event as the subscriber receives it. */
export function toMailEvent(
  event: PublishedMailEvent | AccessEndedEvent | AccessEndingEvent | PaymentRefundedEvent,
): MailEvent {
  return parseRecord(JSON.stringify(wrapInEnvelope(event)), mailContracts);
}
