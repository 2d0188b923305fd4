import type { MailKind, MailState } from '@cloudnestle/contracts/items/notification';
import { describeMail } from '../mail-words.ts';
import type { StoryView } from '../view/describe-story.ts';
import type { Row } from './format-section.ts';

/** What the buyer was told. A mail that is not due is only worth a line where it was thought of. */
export function listMails({ mails, order }: StoryView): Row[] {
  if ('unread' in mails) return [['mails', `could not be read: ${mails.unread}`]];
  const list = (kind: MailKind, isDue: boolean): Row => {
    const state = mails[kind];
    return [describeMail(kind), state || isDue ? describeState(state) : undefined];
  };
  return [
    list('initiated', true),
    list('welcome', order.status === 'COMPLETED'),
    list('failed', order.status === 'FAILED'),
  ];
}

function describeState(state: MailState | null): string {
  switch (state?.state) {
    case undefined:
      return 'not sent';
    case 'sent':
      return `sent ${state.sentAt}, message ${state.messageId}`;
    case 'sending':
      return `being sent since ${state.claimedAt}`;
    case 'skipped':
      return `not sent: ${state.why}`;
    case 'unknown':
      return `unknown since ${state.since}: ${state.why}`;
  }
}
