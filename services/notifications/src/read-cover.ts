import type { CompletedMailEvent, MailEvent } from '@cloudnestle/operations/mails/mail-event';
import { findCover } from '@cloudnestle/payments/access/fold';
import { mergeGrant, readGrants } from '@cloudnestle/payments/access/grants';
import { windowsOf } from '@cloudnestle/payments/access/windows';
import type { MailJob, NotifyDependencies } from './dependencies.ts';

type Reader = Pick<NotifyDependencies, 'findUser' | 'tiers' | 'platform'>;

/** Until when a buyer whose pass ends holds as much by other orders, as the user's row has it now. */
export async function readCover(
  { findUser, tiers, platform }: Reader,
  { detailType, data }: MailEvent,
): Promise<MailJob['cover']> {
  if (detailType !== 'AccessEnding' && detailType !== 'AccessEnded') return undefined;
  const user = await findUser(data.userId);
  if (!user) return undefined;
  const stored = { ...user, tier: user.subscriptionTier };
  return findCover(stored, data.plan.tier, { tiers, now: platform.now() });
}

/**
 * When a pass that was just paid ends (ISO), behind all that its buyer's row knows. The row may not have this payment yet,
 * since its own subscriber runs beside this one. Undefined where there is no such user.
 */
export async function readPassEnd(
  { findUser }: Reader,
  { data }: CompletedMailEvent,
): Promise<string | undefined> {
  const { transactionId, plan, completedAt: at } = data;
  const user = await findUser(data.userId);
  if (!user) return undefined;
  const grants = readGrants(user.grants);
  const all = { ...grants, [transactionId]: mergeGrant(grants[transactionId], { plan, at }) };
  const own = windowsOf(all).find((window) => window.transactionId === transactionId);
  return own && new Date(own.until).toISOString();
}
