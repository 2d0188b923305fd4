import type { Platform } from '@cloudnestle/runtime/platform';
import type { MailSender } from './delivery/send-mail.ts';
import type { LedgerDependencies } from './ledger/update-mail.ts';
import type { MailLinks } from './mail/content.ts';
import type { MailEvent } from './mail-event.ts';
import type { FindOrder, OrderFacts } from './read-order-facts.ts';

export interface NotifyDependencies {
  platform: Platform;
  ledger: LedgerDependencies;
  findOrder: FindOrder;
  sendMail: MailSender;
  links: MailLinks;
  /** A claim older than this has no living claimant. */
  functionTimeoutMs: number;
}

/** One mail to be sent or not: the event that causes it and the order's row. */
export interface MailJob {
  event: MailEvent;
  order: OrderFacts;
}
