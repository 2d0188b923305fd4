import type { MailState, NotificationItem } from '@cloudnestle/contracts/items/notification';
import type {
  CompletedEvent,
  FailedEvent,
  InitiatedEvent,
} from '@cloudnestle/payments/build-events';
import { decideMail, type SkipReason } from './decide-mail.ts';
import { type LedgerDependencies, readNotification, updateMail } from './ledger.ts';
import { type MailEvent, type MailKey, mailKindOf } from './mail-event.ts';
import type { OrderFacts } from './read-order-facts.ts';

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

/** What became of a mail that an operator wants to be sent again. */
type Release =
  /** The next event of its kind sends it. */
  | { kind: 'released' }
  /** It is not as it was read any more: it was sent, claimed, or released and sent since. */
  | { kind: 'changed'; state: MailState };

/**
 * Frees a mail of which it is unknown whether it was sent: an operator's decision, because it may arrive twice (rule 8).
 * Only while it is `unknown` since the very moment that the operator has seen. It publishes nothing.
 */
export async function releaseUnknown(
  ledger: LedgerDependencies,
  mail: MailKey,
  { since }: { since: string },
): Promise<Release> {
  const isReleased = await updateMail(ledger, mail, {
    state: undefined,
    condition: '#mail.#state = :unknown AND #mail.#since = :since',
    values: { ':unknown': 'unknown', ':since': since },
  });
  if (isReleased) return { kind: 'released' };
  // The SDK repeats a write whose answer was lost, and the repeat finds the mail free.
  const state = (await readNotification(ledger, mail.transactionId))?.[mail.kind];
  return state === undefined ? { kind: 'released' } : { kind: 'changed', state };
}
