import type { NotificationItem } from '@cloudnestle/contracts/items/notification';
import type { findCover } from '@cloudnestle/payments/access/fold';
import { type AddressFault, toMailAddress } from './mail-address.ts';
import type {
  EndingMailEvent,
  FailedMailEvent,
  InitiatedMailEvent,
  MailEvent,
} from './mail-event.ts';
import type { OrderFacts } from './read-order-facts.ts';

const DAY_MS = 86_400_000;

/** How old news may be, counted from `occurredAt` (rule 8). */
export const FAILED_MAIL_MAX_AGE_MS = DAY_MS;
export const WELCOME_MAIL_MAX_AGE_MS = 30 * DAY_MS;
export const ENDED_MAIL_MAX_AGE_MS = 7 * DAY_MS;
export const REFUNDED_MAIL_MAX_AGE_MS = 30 * DAY_MS;

/** Why a mail is not sent; kept in the notifications table and said in the summary line. */
export type SkipReason =
  | 'revoked'
  | 'duplicate'
  | 'too old'
  | 'expired'
  | 'outcome known'
  | 'already paid'
  | 'no failed attempt'
  | 'renewed'
  | 'over'
  | AddressFault;

export type MailDecision = { kind: 'send' } | { kind: 'skip'; why: SkipReason };

/** What is known when deciding. `item` may be missing: the claim's own condition refuses what only it could tell. */
export interface MailFacts {
  event: MailEvent;
  order: OrderFacts;
  item?: NotificationItem | undefined;
  /** Until when the buyer holds the plan's tier or a better one, of events about an end. */
  cover?: ReturnType<typeof findCover> | undefined;
  now: Date;
}

/**
 * Whether an event's mail should still go out (rule 8). Says nothing of whether it went out already, nor
 * which of a buyer's orders is welcomed: those are claims.
 */
export function decideMail(facts: MailFacts): MailDecision {
  const why = findObjection(facts) ?? objectToAddress(facts.event);
  return why === undefined ? { kind: 'send' } : { kind: 'skip', why };
}

function findObjection(facts: MailFacts): SkipReason | undefined {
  const { event } = facts;
  switch (event.detailType) {
    case 'PaymentInitiated':
      return objectToInitiated(facts, event);
    case 'PaymentCompleted':
      return objectToWelcome(facts);
    case 'PaymentFailed':
      return objectToFailed(facts, event);
    case 'AccessEnding':
      return objectToEnding(facts, event);
    case 'AccessEnded':
      return objectToEnded(facts);
    case 'PaymentRefunded':
      return ageMsOf(facts) > REFUNDED_MAIL_MAX_AGE_MS ? 'too old' : undefined;
  }
}

function objectToAddress({ data }: MailEvent): SkipReason | undefined {
  const recipient = toMailAddress(data.userEmail);
  return recipient.kind === 'unusable' ? recipient.why : undefined;
}

function objectToInitiated(
  { order, item, now }: MailFacts,
  { data }: InitiatedMailEvent,
): SkipReason | undefined {
  if (order.status !== 'PENDING' || item?.welcome || item?.failed) return 'outcome known';
  return now >= new Date(data.expiresAt) ? 'expired' : undefined;
}

/** The row's status is not asked: the books may be written after the mail. */
function objectToWelcome(facts: MailFacts): SkipReason | undefined {
  if (facts.order.accessRevokedAt !== undefined) return 'revoked';
  return ageMsOf(facts) > WELCOME_MAIL_MAX_AGE_MS ? 'too old' : undefined;
}

function objectToFailed(facts: MailFacts, { data }: FailedMailEvent): SkipReason | undefined {
  if (facts.order.status === 'COMPLETED' || facts.item?.welcome) return 'already paid';
  // A declined payment was attempted, even if the gateway gave no details.
  if (data.reason !== 'DECLINED' && !data.attempted) return 'no failed attempt';
  return ageMsOf(facts) > FAILED_MAIL_MAX_AGE_MS ? 'too old' : undefined;
}

function objectToEnding(
  { order, item, cover, now }: MailFacts,
  { data }: EndingMailEvent,
): SkipReason | undefined {
  if (order.accessRevokedAt !== undefined) return 'revoked';
  if (item?.ended || now >= new Date(data.endsAt)) return 'over';
  const isLater = cover?.held && (cover.until === undefined || cover.until > data.endsAt);
  return isLater ? 'renewed' : undefined;
}

function objectToEnded(facts: MailFacts): SkipReason | undefined {
  if (facts.order.accessRevokedAt !== undefined) return 'revoked';
  if (facts.cover?.held) return 'renewed';
  return ageMsOf(facts) > ENDED_MAIL_MAX_AGE_MS ? 'too old' : undefined;
}

function ageMsOf({ event, now }: MailFacts): number {
  return now.getTime() - new Date(event.metadata.occurredAt).getTime();
}
