import type { NotificationItem } from '@cloudnestle/contracts/items/notification';
import { decideMail, type SkipReason } from '@cloudnestle/operations/mails/decide-mail';
import {
  claimMail,
  type MailClaim,
  recordSent,
  recordUnknown,
  releaseClaim,
} from '@cloudnestle/operations/mails/ledger';
import { type MailKey, mailKeyOf } from '@cloudnestle/operations/mails/mail-event';
import { describeError, PermanentError, RetryLaterError } from '@cloudnestle/runtime/errors';
import type { RecordOutcome } from '@cloudnestle/runtime/queue/subscriber';
import { type MailJob, type NotifyDependencies, SEND_RESERVE_MS } from './dependencies.ts';
import { buildMail } from './mail/build-mail.ts';
import type { Mail } from './mail/layout.ts';
import type { SendResult } from './send-mail.ts';
import { settleFound, skipKnownMail } from './settle-found.ts';

/**
 * Sends a mail at most once: claim it, hand it to SES, note what came of it. Only a claim that was won leads to SES, and
 * only a definite "not sent" gives a claim back (rule 8).
 */
export async function deliverMail(
  deps: NotifyDependencies,
  job: MailJob,
  startedAt: Date,
): Promise<RecordOutcome> {
  const { platform, links, tiers } = deps;
  const { event } = job;
  const mail = mailKeyOf(event);
  const content = await buildMail(event, { links, tiers, pass: job.pass });
  const objection = (item: NotificationItem | undefined) => {
    const decision = decideMail({ ...job, item, now: platform.now() });
    return decision.kind === 'skip' ? decision.why : undefined;
  };
  return sendOnce(deps, { mail, to: event.data.userEmail, content, objection }, startedAt);
}

/** A mail that is ready to be sent. */
export interface ReadyMail {
  mail: MailKey;
  to: string;
  content: Mail;
  /** Why it must not be sent after all, once it is known which other mails were. */
  objection(item: NotificationItem | undefined): SkipReason | undefined;
}

/** The same for a mail that is built already. */
export async function sendOnce(
  deps: NotifyDependencies,
  { mail, to, content, objection }: ReadyMail,
  startedAt: Date,
): Promise<RecordOutcome> {
  const { platform } = deps;
  const claim: MailClaim = { claimId: platform.newId(), claimedAt: platform.now().toISOString() };
  if (!(await claimOrRelease(deps, mail, claim))) return settleRefusal(deps, mail, objection);
  if (!hasTimeToSend(deps, startedAt)) {
    await tryRelease(deps, mail, claim);
    throw new RetryLaterError('too little time was left to send the mail');
  }
  const result = await deps.sendMail(to, content);
  return noteResult(deps, mail, claim, result);
}

/** A claim that may or may not stand after an error is released: nothing was handed to SES yet. */
async function claimOrRelease(
  deps: NotifyDependencies,
  mail: MailKey,
  claim: MailClaim,
): Promise<boolean> {
  try {
    return await claimMail(deps.ledger, mail, claim);
  } catch (error) {
    await tryRelease(deps, mail, claim);
    throw error;
  }
}

/** The claim's condition knew more than the decision did: decide again, with the item. */
async function settleRefusal(
  deps: NotifyDependencies,
  mail: MailKey,
  objection: ReadyMail['objection'],
): Promise<RecordOutcome> {
  const found = await settleFound(deps, mail);
  if (found.kind !== 'nothing') return found;
  const why = objection(found.item);
  if (why !== undefined) return skipKnownMail(deps, mail, why);
  throw new RetryLaterError('the claim of this mail was just let go');
}

/** A run that was held up must not send a mail that other deliveries already count as lost. */
function hasTimeToSend({ platform, functionTimeoutMs }: NotifyDependencies, startedAt: Date) {
  const elapsedMs = platform.now().getTime() - startedAt.getTime();
  return elapsedMs <= functionTimeoutMs - SEND_RESERVE_MS;
}

/** Writes down what SES said, or that it said nothing, and tells whether the record is done. */
function noteResult(
  deps: NotifyDependencies,
  mail: MailKey,
  claim: MailClaim,
  result: SendResult,
): Promise<RecordOutcome> {
  switch (result.kind) {
    case 'accepted':
      return noteSent(deps, mail, claim, result.messageId);
    case 'refused':
      return giveBack(deps, mail, claim, result);
    case 'unknown':
      return noteUnknown(deps, mail, claim, result.reason);
  }
}

async function noteSent(
  deps: NotifyDependencies,
  mail: MailKey,
  claim: MailClaim,
  messageId: string,
): Promise<RecordOutcome> {
  const { log, metrics, now } = deps.platform;
  const ids = { transactionId: mail.transactionId, mail: mail.kind, sesMessageId: messageId };
  metrics.count('EmailSent', 1, { atOnce: true });
  metrics.count('EmailFailed', 0);
  log.info('mail sent', ids);
  try {
    const isNoted = await recordSent(deps.ledger, mail, claim, { messageId, now: now() });
    if (!isNoted) log.warn('mail sent, but its claim was given up meanwhile', ids);
    return { kind: 'applied' };
  } catch (error) {
    log.warn('mail sent, but not noted', { ...ids, reason: describeError(error) });
    // It comes back to find a claim without a claimant, which no delivery sends again.
    throw new RetryLaterError('the mail was sent, but that could not be noted', {
      retryInSeconds: Math.ceil(deps.functionTimeoutMs / 1000),
      cause: error,
    });
  }
}

async function giveBack(
  deps: NotifyDependencies,
  mail: MailKey,
  claim: MailClaim,
  refusal: Extract<SendResult, { kind: 'refused' }>,
): Promise<never> {
  deps.platform.metrics.count('EmailFailed');
  await tryRelease(deps, mail, claim);
  if (refusal.isPermanent) throw new PermanentError(refusal.reason);
  throw new RetryLaterError(refusal.reason);
}

async function noteUnknown(
  deps: NotifyDependencies,
  mail: MailKey,
  claim: MailClaim,
  reason: string,
): Promise<RecordOutcome> {
  const { log, metrics } = deps.platform;
  // Before the write: the next delivery finds `unknown` and does not count it.
  metrics.count('EmailUnknown', 1, { atOnce: true });
  log.warn('mail unknown', { transactionId: mail.transactionId, mail: mail.kind, reason });
  await recordUnknown(deps.ledger, mail, { claim, why: reason });
  return { kind: 'skipped', why: 'unknown' };
}

/**
 * Gives a claim back, never throwing. Where even this fails, the claim grows old and the mail ends as `unknown`: never
 * twice, and seen.
 */
async function tryRelease(
  deps: NotifyDependencies,
  mail: MailKey,
  claim: MailClaim,
): Promise<void> {
  try {
    await releaseClaim(deps.ledger, mail, claim);
  } catch (error) {
    deps.platform.log.warn('claim not released', {
      transactionId: mail.transactionId,
      mail: mail.kind,
      reason: describeError(error),
    });
  }
}
