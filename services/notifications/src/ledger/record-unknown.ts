import type { MailClaim } from './claim-mail.ts';
import { type LedgerDependencies, type MailKey, updateMail } from './update-mail.ts';

/**
 * Notes that nobody knows whether a claim led to a mail; false where the claim does not stand any more. `since` is
 * the claim's time, which is where to look in SES, and by which a repeat of this write is known.
 */
export function recordUnknown(
  ledger: LedgerDependencies,
  mail: MailKey,
  { claim, why }: { claim: MailClaim; why: string },
): Promise<boolean> {
  return updateMail(ledger, mail, {
    state: { state: 'unknown', since: claim.claimedAt, why },
    condition: '#mail.#claimId = :claimId OR #mail.#since = :since',
    values: { ':claimId': claim.claimId, ':since': claim.claimedAt },
  });
}
