import type { Tier } from '@cloudnestle/contracts/plan';
import type { StoredDocument } from '@cloudnestle/operations/invoices/find-documents';
import type { MailFacts } from '@cloudnestle/operations/mails/decide-mail';
import type { LedgerDependencies } from '@cloudnestle/operations/mails/ledger';
import type { MailEvent } from '@cloudnestle/operations/mails/mail-event';
import type { FindOrder, OrderFacts } from '@cloudnestle/operations/mails/read-order-facts';
import type { FindUser } from '@cloudnestle/payments/access';
import type { Platform } from '@cloudnestle/runtime/platform';
import type { MailLinks } from './mail/layout.ts';
import type { MailSender } from './send-mail.ts';

/** SES's share of a delivery. Longer than it ever takes: an answer given up on costs an operator time. */
export const SES_TIMEOUT_MS = 5000;

/** One attempt of one table call. */
export const AWS_TIMEOUT_MS = 1500;

/**
 * A mail is only handed to SES while this much of the function's timeout is left: SES's answer, the write of what came
 * of it, and the batch's own answer must all fit, or a claim would be taken for a crashed one while its mail is under way.
 */
export const SEND_RESERVE_MS = SES_TIMEOUT_MS + AWS_TIMEOUT_MS + 2000;

export interface NotifyDependencies {
  platform: Platform;
  ledger: LedgerDependencies;
  findOrder: FindOrder;
  findUser: FindUser;
  sendMail: MailSender;
  /** An issued document by its number; an invoice names its order as well. */
  findDocument(document: {
    number: string;
    invoiceOf?: string;
  }): Promise<StoredDocument | undefined>;
  /** Its PDF; throws where it is not as it was issued. */
  renderDocument(stored: StoredDocument): Promise<Uint8Array>;
  tiers: readonly Tier[];
  links: MailLinks;
  /** A claim older than this has no living claimant. */
  functionTimeoutMs: number;
}

/** One mail to be sent or not: the event that causes it and the order's row. */
export interface MailJob {
  event: MailEvent;
  order: OrderFacts;
  /** Until when the buyer holds the plan's tier or a better one, of events about an end. */
  cover?: MailFacts['cover'];
  /** Of a pass: when it ends (ISO), and whether its buyer was welcomed to the plan before. */
  pass?: { until: string | undefined; isRenewal: boolean };
}
