import { describeError, PermanentError, RetryLaterError } from '@cloudnestle/runtime/errors';
import type { RecordOutcome } from '@cloudnestle/runtime/queue/subscriber';
import type { SendResult } from './delivery/send-mail.ts';
import type { NotifyDependencies } from './dependencies.ts';
import type { MailClaim } from './ledger/claim-mail.ts';
import { recordSent } from './ledger/record-sent.ts';
import { recordUnknown } from './ledger/record-unknown.ts';
import type { MailKey } from './ledger/update-mail.ts';
import { letGo } from './let-go.ts';

/** Writes down what SES said, or that it said nothing, and tells whether the record is done. */
export function noteResult(
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
  metrics.count('EmailSent');
  metrics.count('EmailFailed', 0);
  log.info('mail sent', ids);
  try {
    const isNoted = await recordSent(deps.ledger, mail, claim, { messageId, now: now() });
    if (!isNoted) log.warn('mail sent, but its claim was given up meanwhile', ids);
    return { kind: 'applied' };
  } catch (error) {
    log.warn('mail sent, but not noted', { ...ids, reason: describeError(error) });
    // It comes back to find a claim without a claimant, which nobody sends again.
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
  await letGo(deps, mail, claim);
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
  // Before the write: whoever comes back finds `unknown` and leaves it at that.
  metrics.count('EmailUnknown');
  log.warn('mail unknown', { transactionId: mail.transactionId, mail: mail.kind, reason });
  await recordUnknown(deps.ledger, mail, { claim, why: reason });
  return { kind: 'skipped', why: 'unknown' };
}
