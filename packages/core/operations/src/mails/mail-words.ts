import type { MailKind } from '@cloudnestle/contracts/items/notification';
import type { findObjection } from './resend.ts';

type Objection = NonNullable<ReturnType<typeof findObjection>>;

const mails: Readonly<Record<MailKind, string>> = {
  initiated: 'mail about the payment page',
  welcome: 'welcome mail',
  failed: 'mail about the failure',
  ending: 'reminder before the end',
  ended: 'mail about the end',
  refunded: 'mail about the refund',
  document: 'mail with the invoice',
};

const objections: Readonly<Record<Objection, string>> = {
  revoked: 'access was taken back',
  duplicate: 'the buyer was welcomed for another order',
  'too old': 'it is too old to be news',
  expired: 'the page has expired',
  'outcome known': 'the outcome is known',
  'already paid': 'the order is paid',
  'no failed attempt': 'the buyer never tried to pay',
  renewed: 'the buyer holds the plan, or a better one, for longer',
  over: 'the pass has ended by now',
  'address not ASCII before its @': 'SES takes no address with letters outside ASCII before the @',
  'address without a valid domain': 'the domain of the address is none that mail can be sent to',
};

export function describeMail(kind: MailKind): string {
  return mails[kind];
}

/** Why a mail is not sent, in words. */
export function describeObjection(why: Objection): string {
  return objections[why];
}
