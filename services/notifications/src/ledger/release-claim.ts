import type { MailClaim } from './claim-mail.ts';
import { type LedgerDependencies, type MailKey, updateMail } from './update-mail.ts';

/** Gives a claim back after a definite "not sent". A claim that is no longer ours stays as it is. */
export async function releaseClaim(
  ledger: LedgerDependencies,
  mail: MailKey,
  { claimId }: MailClaim,
): Promise<void> {
  await updateMail(ledger, mail, {
    state: undefined,
    condition: '#mail.#claimId = :claimId',
    values: { ':claimId': claimId },
  });
}
