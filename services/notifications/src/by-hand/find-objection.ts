import type { NotificationItem } from '@cloudnestle/contracts/items/notification';
import type {
  CompletedEvent,
  FailedEvent,
  InitiatedEvent,
} from '@cloudnestle/payments/build-events';
import { decideMail, type SkipReason } from '../decide-mail.ts';
import { type MailEvent, mailKindOf } from '../mail-event.ts';
import type { OrderFacts } from '../read-order-facts.ts';

/** An event that a mail follows from, as it is published. */
export type PublishedMailEvent = InitiatedEvent | CompletedEvent | FailedEvent;

/**
 * Why the subscriber would not send this event's mail if the mail were free; undefined where it would. Decides as the
 * subscriber does, from the order's row and what is known of its other mails.
 */
export function findObjection(
  published: PublishedMailEvent,
  { order, item, now }: { order: OrderFacts; item: NotificationItem | undefined; now: Date },
): SkipReason | undefined {
  const event = toMailEvent(published);
  const { [mailKindOf(event)]: _freed, ...others } = item ?? { notificationKey: '' };
  const decision = decideMail({ event, order, item: others, now });
  return decision.kind === 'skip' ? decision.why : undefined;
}

function toMailEvent(published: PublishedMailEvent): MailEvent {
  switch (published.detailType) {
    case 'PaymentInitiated':
      return { detailType: published.detailType, ...published.detail };
    case 'PaymentCompleted':
      return { detailType: published.detailType, ...published.detail };
    case 'PaymentFailed':
      return { detailType: published.detailType, ...published.detail };
  }
}
