import type { MailClaim } from './claim-mail.ts';
import { type LedgerDependencies, type MailKey, updateMail } from './update-mail.ts';

/** Notes that SES took the mail; false where the claim is no longer ours. A repeat of this very write is accepted. */
export function recordSent(
  ledger: LedgerDependencies,
  mail: MailKey,
  { claimId }: MailClaim,
  sent: { messageId: string; now: Date },
): Promise<boolean> {
  const { messageId, now } = sent;
  return updateMail(ledger, mail, {
    state: { state: 'sent', messageId, sentAt: now.toISOString() },
    condition: '#mail.#claimId = :claimId OR #mail.#messageId = :messageId',
    values: { ':claimId': claimId, ':messageId': messageId },
  });
}
