import type { MailKind } from '@cloudnestle/contracts/items/notification';
import type { SkipReason } from '../decide-mail.ts';
import { type LedgerDependencies, type MailKey, updateMail } from './update-mail.ts';

/** Who is sending a mail, and since when. */
export interface MailClaim {
  claimId: string;
  /** ISO timestamp. */
  claimedAt: string;
}

/** A gateway can report a failure first without and later with the attempt that failed; only the latter is news. */
const replaceable: SkipReason = 'no failed attempt';

const isFree: Readonly<Record<MailKind, string>> = {
  initiated:
    'attribute_not_exists(#initiated) AND attribute_not_exists(#welcome) AND attribute_not_exists(#failed)',
  welcome: 'attribute_not_exists(#welcome)',
  failed:
    'attribute_not_exists(#welcome) AND (attribute_not_exists(#failed) OR (#failed.#state = :skipped AND #failed.#why = :replaceable))',
};

/**
 * Takes the right to send a mail; false where it was sent, skipped, is somebody else's, or an outcome made it pointless.
 * The claimant's own id is accepted: a lost answer makes the SDK repeat this write (design, rule 9).
 */
export function claimMail(
  ledger: LedgerDependencies,
  mail: MailKey,
  claim: MailClaim,
): Promise<boolean> {
  return updateMail(ledger, mail, {
    state: { state: 'sending', ...claim },
    condition: `(${isFree[mail.kind]}) OR #mail.#claimId = :claimId`,
    values: {
      ':claimId': claim.claimId,
      ...(mail.kind === 'failed' ? { ':skipped': 'skipped', ':replaceable': replaceable } : {}),
    },
  });
}
