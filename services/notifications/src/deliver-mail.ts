import { RetryLaterError } from '@cloudnestle/runtime/errors';
import type { RecordOutcome } from '@cloudnestle/runtime/queue/subscriber';
import { SEND_RESERVE_MS } from './deadlines.ts';
import { decideMail } from './decide-mail.ts';
import type { MailJob, NotifyDependencies } from './dependencies.ts';
import { claimMail, type MailClaim } from './ledger/claim-mail.ts';
import type { MailKey } from './ledger/update-mail.ts';
import { letGo } from './let-go.ts';
import { buildMail } from './mail/build-mail.ts';
import { mailKindOf } from './mail-event.ts';
import { noteResult } from './note-result.ts';
import { settleFound } from './settle-found.ts';
import { skipMail } from './skip-mail.ts';

/**
 * Sends a mail at most once: claim it, hand it to SES, note what came of it. Only a claim that was won leads to SES, and
 * only a definite "not sent" gives a claim back (design, rule 8).
 */
export async function deliverMail(
  deps: NotifyDependencies,
  job: MailJob,
  startedAt: Date,
): Promise<RecordOutcome> {
  const { platform, links } = deps;
  const { event } = job;
  const mail = { transactionId: event.data.transactionId, kind: mailKindOf(event) };
  const content = await buildMail(event, links);
  const claim: MailClaim = { claimId: platform.newId(), claimedAt: platform.now().toISOString() };
  if (!(await claimOrLetGo(deps, mail, claim))) return settleRefusal(deps, job, mail);
  if (!hasTimeToSend(deps, startedAt)) {
    await letGo(deps, mail, claim);
    throw new RetryLaterError('too little time was left to send the mail');
  }
  const result = await deps.sendMail(event.data.userEmail, content);
  return noteResult(deps, mail, claim, result);
}

/** A claim that may or may not stand after an error is ours to let go: nothing was handed to SES yet. */
async function claimOrLetGo(
  deps: NotifyDependencies,
  mail: MailKey,
  claim: MailClaim,
): Promise<boolean> {
  try {
    return await claimMail(deps.ledger, mail, claim);
  } catch (error) {
    await letGo(deps, mail, claim);
    throw error;
  }
}

/** The claim's condition knew more than we did when deciding: look again, with the item. */
async function settleRefusal(
  deps: NotifyDependencies,
  job: MailJob,
  mail: MailKey,
): Promise<RecordOutcome> {
  const found = await settleFound(deps, mail);
  if (found.kind !== 'nothing') return found;
  const decision = decideMail({ ...job, item: found.item, now: deps.platform.now() });
  if (decision.kind === 'skip') return skipMail(deps, job, decision.why);
  throw new RetryLaterError('the claim of this mail was just let go');
}

/** A run that was held up must not send a mail that others already count as lost. */
function hasTimeToSend({ platform, functionTimeoutMs }: NotifyDependencies, startedAt: Date) {
  const elapsedMs = platform.now().getTime() - startedAt.getTime();
  return elapsedMs <= functionTimeoutMs - SEND_RESERVE_MS;
}
