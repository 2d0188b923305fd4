import type { MailState } from '@cloudnestle/contracts/items/notification';
import { readNotification } from '../ledger/read-notification.ts';
import { type LedgerDependencies, type MailKey, updateMail } from '../ledger/update-mail.ts';

/** What became of a mail that a person wants to be sent again. */
export type Release =
  /** The next event of its kind sends it. */
  | { kind: 'released' }
  /** It is not as it was read any more: somebody sent, claimed or released and sent it since. */
  | { kind: 'changed'; state: MailState };

/**
 * Frees a mail of which nobody knows whether it was sent: a person's decision, because it may arrive twice (design, rule
 * 8). Only while it is `unknown` since the very moment that the person has seen. It publishes nothing.
 */
export async function releaseUnknown(
  ledger: LedgerDependencies,
  mail: MailKey,
  { since }: { since: string },
): Promise<Release> {
  const isReleased = await updateMail(ledger, mail, {
    state: undefined,
    condition: '#mail.#state = :unknown AND #mail.#since = :since',
    values: { ':unknown': 'unknown', ':since': since },
  });
  if (isReleased) return { kind: 'released' };
  // The SDK repeats a write whose answer was lost, and the repeat finds the mail free.
  const state = (await readNotification(ledger, mail.transactionId))?.[mail.kind];
  return state === undefined ? { kind: 'released' } : { kind: 'changed', state };
}
