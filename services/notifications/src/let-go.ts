import { describeError } from '@cloudnestle/runtime/errors';
import type { NotifyDependencies } from './dependencies.ts';
import type { MailClaim } from './ledger/claim-mail.ts';
import { releaseClaim } from './ledger/release-claim.ts';
import type { MailKey } from './ledger/update-mail.ts';

/**
 * Gives a claim back, never throwing. Where even this fails, the claim grows old and the mail ends as `unknown`: never
 * twice, and seen.
 */
export async function letGo(
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
