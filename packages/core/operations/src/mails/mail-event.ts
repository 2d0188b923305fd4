import { accessEnded } from '@cloudnestle/contracts/events/access-ended';
import { accessEnding } from '@cloudnestle/contracts/events/access-ending';
import { paymentCompleted } from '@cloudnestle/contracts/events/payment-completed';
import { paymentFailed } from '@cloudnestle/contracts/events/payment-failed';
import { paymentInitiated } from '@cloudnestle/contracts/events/payment-initiated';
import type { MailKind } from '@cloudnestle/contracts/items/notification';
import type { ReceivedEvent } from '@cloudnestle/runtime/queue/subscriber';

/** The events that cause mails. */
export const mailContracts = [
  paymentInitiated,
  paymentCompleted,
  paymentFailed,
  accessEnding,
  accessEnded,
] as const;
export type MailContract = (typeof mailContracts)[number];
export type MailEvent = ReceivedEvent<MailContract>;

export type InitiatedMailEvent = Extract<MailEvent, { detailType: 'PaymentInitiated' }>;
export type CompletedMailEvent = Extract<MailEvent, { detailType: 'PaymentCompleted' }>;
export type FailedMailEvent = Extract<MailEvent, { detailType: 'PaymentFailed' }>;
export type EndingMailEvent = Extract<MailEvent, { detailType: 'AccessEnding' }>;

const kinds: Readonly<Record<MailEvent['detailType'], MailKind>> = {
  PaymentInitiated: 'initiated',
  PaymentCompleted: 'welcome',
  PaymentFailed: 'failed',
  AccessEnding: 'ending',
  AccessEnded: 'ended',
};

/** The one mail an event causes. */
export function mailKindOf(event: MailEvent): MailKind {
  return kinds[event.detailType];
}
