import { accessEnded } from '@cloudnestle/contracts/events/access-ended';
import { accessEnding } from '@cloudnestle/contracts/events/access-ending';
import { paymentCompleted } from '@cloudnestle/contracts/events/payment-completed';
import { paymentFailed } from '@cloudnestle/contracts/events/payment-failed';
import { paymentInitiated } from '@cloudnestle/contracts/events/payment-initiated';
import { paymentRefunded } from '@cloudnestle/contracts/events/payment-refunded';
import type { MailKind } from '@cloudnestle/contracts/items/notification';
import type { ReceivedEvent } from '@cloudnestle/runtime/queue/subscriber';

/** The events that cause mails. */
export const mailContracts = [
  paymentInitiated,
  paymentCompleted,
  paymentFailed,
  accessEnding,
  accessEnded,
  paymentRefunded,
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
  PaymentRefunded: 'refunded',
};

/** One mail: an order and a kind, or a refund or a document of the order. */
export interface MailKey {
  transactionId: string;
  kind: MailKind;
  /** Of a mail about a refund: an order may have several. */
  refundId?: string;
  /** Of a mail that brings a document: the same. */
  documentNumber?: string;
}

/** The one mail an event causes, as the ledger knows it. */
export function mailKeyOf(event: MailEvent): MailKey {
  const { transactionId } = event.data;
  const kind = mailKindOf(event);
  return event.detailType === 'PaymentRefunded'
    ? { transactionId, kind, refundId: event.data.refundId }
    : { transactionId, kind };
}

export function mailKindOf(event: MailEvent): MailKind {
  return kinds[event.detailType];
}
