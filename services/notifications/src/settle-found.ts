import type { MailState, NotificationItem } from '@cloudnestle/contracts/items/notification';
import type { SkipReason } from '@cloudnestle/operations/mails/decide-mail';
import {
  readNotification,
  recordSkipped,
  recordUnknown,
} from '@cloudnestle/operations/mails/ledger';
import { type MailKey, mailKeyOf } from '@cloudnestle/operations/mails/mail-event';
import { RetryLaterError } from '@cloudnestle/runtime/errors';
import type { RecordOutcome } from '@cloudnestle/runtime/queue/subscriber';
import type { MailJob, NotifyDependencies } from './dependencies.ts';

/** Notes that a mail is not sent, and why. Where something stands there already, that is what counts. */
export function skipMail(
  deps: NotifyDependencies,
  job: MailJob,
  why: SkipReason,
): Promise<RecordOutcome> {
  return skipKnownMail(deps, mailKeyOf(job.event), why);
}

/** The same for a mail that the ledger knows by its key. */
export async function skipKnownMail(
  deps: NotifyDependencies,
  mail: MailKey,
  why: SkipReason,
): Promise<RecordOutcome> {
  const isNoted = await recordSkipped(deps.ledger, mail, { why, now: deps.platform.now() });
  if (isNoted) return { kind: 'skipped', why };
  const found = await settleFound(deps, mail);
  return found.kind === 'nothing' ? { kind: 'skipped', why } : found;
}

type Found = RecordOutcome | { kind: 'nothing'; item: NotificationItem | undefined };

/**
 * What a mail's state means for a delivery that was refused by it. The claim of a delivery still at work is a
 * `RetryLaterError`; one that outlived its function is `unknown` from here on, and only an operator sends that mail again.
 */
export async function settleFound(deps: NotifyDependencies, mail: MailKey): Promise<Found> {
  const item = await readNotification(deps.ledger, mail);
  const state = item?.[mail.kind];
  switch (state?.state) {
    case undefined:
      return { kind: 'nothing', item };
    case 'sent':
      return { kind: 'skipped', why: 'already sent' };
    case 'skipped':
      return { kind: 'skipped', why: state.why };
    case 'unknown':
      return { kind: 'skipped', why: 'unknown' };
    case 'sending':
      return settleClaim(deps, mail, state);
  }
}

async function settleClaim(
  deps: NotifyDependencies,
  mail: MailKey,
  claim: Extract<MailState, { state: 'sending' }>,
): Promise<RecordOutcome> {
  const { log, metrics, now } = deps.platform;
  const ageMs = now().getTime() - new Date(claim.claimedAt).getTime();
  const restMs = deps.functionTimeoutMs - ageMs;
  if (restMs > 0) {
    throw new RetryLaterError('another delivery is sending this mail', {
      retryInSeconds: Math.ceil(Math.min(restMs, deps.functionTimeoutMs) / 1000),
    });
  }
  const why = 'the run that claimed this mail never said what came of it';
  // Before the write: the next delivery finds `unknown` and does not count it.
  metrics.count('EmailUnknown', 1, { atOnce: true });
  log.warn('mail unknown', { transactionId: mail.transactionId, mail: mail.kind, reason: why });
  const isNoted = await recordUnknown(deps.ledger, mail, { claim, why });
  if (!isNoted) throw new RetryLaterError('the claim of this mail just changed');
  return { kind: 'skipped', why: 'unknown' };
}
