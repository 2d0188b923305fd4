import type { RecordOutcome } from '@cloudnestle/runtime/queue/subscriber';
import type { SkipReason } from './decide-mail.ts';
import type { MailJob, NotifyDependencies } from './dependencies.ts';
import { recordSkipped } from './ledger/record-skipped.ts';
import { mailKindOf } from './mail-event.ts';
import { settleFound } from './settle-found.ts';

/** Notes that a mail is not sent, and why. Where something stands there already, that is what counts. */
export async function skipMail(
  deps: NotifyDependencies,
  job: MailJob,
  why: SkipReason,
): Promise<RecordOutcome> {
  const mail = { transactionId: job.event.data.transactionId, kind: mailKindOf(job.event) };
  const isNoted = await recordSkipped(deps.ledger, mail, { why, now: deps.platform.now() });
  if (isNoted) return { kind: 'skipped', why };
  const found = await settleFound(deps, mail);
  return found.kind === 'nothing' ? { kind: 'skipped', why } : found;
}
