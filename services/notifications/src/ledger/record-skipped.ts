import type { SkipReason } from '../decide-mail.ts';
import { type LedgerDependencies, type MailKey, updateMail } from './update-mail.ts';

/** Notes that a mail is not sent; false where anything stands there already. */
export function recordSkipped(
  ledger: LedgerDependencies,
  mail: MailKey,
  { why, now }: { why: SkipReason; now: Date },
): Promise<boolean> {
  return updateMail(ledger, mail, {
    state: { state: 'skipped', why, at: now.toISOString() },
    condition: 'attribute_not_exists(#mail)',
  });
}
