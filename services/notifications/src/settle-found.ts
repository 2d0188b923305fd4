import type { MailState, NotificationItem } from '@cloudnestle/contracts/items/notification';
import { RetryLaterError } from '@cloudnestle/runtime/errors';
import type { RecordOutcome } from '@cloudnestle/runtime/queue/subscriber';
import type { NotifyDependencies } from './dependencies.ts';
import { readNotification } from './ledger/read-notification.ts';
import { recordUnknown } from './ledger/record-unknown.ts';
import type { MailKey } from './ledger/update-mail.ts';

type Found = RecordOutcome | { kind: 'nothing'; item: NotificationItem | undefined };

/**
 * What a mail's state means for a delivery that was refused by it. A claim of somebody still at work is a
 * `RetryLaterError`; one that outlived its function is `unknown` from here on, and no machine sends that mail again.
 */
export async function settleFound(deps: NotifyDependencies, mail: MailKey): Promise<Found> {
  const item = await readNotification(deps.ledger, mail.transactionId);
  const state = item?.[mail.kind];
  switch (state?.state) {
    case undefined:
      return { kind: 'nothing', item };
    case 'sent':
      return { kind: 'skipped', why: 'already sent' };
    case 'skipped':
      return { kind: 'skipped', why: state.why };
    case 'unknown':
      return { kind: 'skipped', why: 'unknown' };
    case 'sending':
      return settleClaim(deps, mail, state);
  }
}

async function settleClaim(
  deps: NotifyDependencies,
  mail: MailKey,
  claim: Extract<MailState, { state: 'sending' }>,
): Promise<RecordOutcome> {
  const { log, metrics, now } = deps.platform;
  const ageMs = now().getTime() - new Date(claim.claimedAt).getTime();
  const restMs = deps.functionTimeoutMs - ageMs;
  if (restMs > 0) {
    throw new RetryLaterError('another delivery is sending this mail', {
      retryInSeconds: Math.ceil(Math.min(restMs, deps.functionTimeoutMs) / 1000),
    });
  }
  const why = 'the run that claimed this mail never said what came of it';
  // Before the write: whoever comes back finds `unknown` and leaves it at that.
  metrics.count('EmailUnknown');
  log.warn('mail unknown', { transactionId: mail.transactionId, mail: mail.kind, reason: why });
  const isNoted = await recordUnknown(deps.ledger, mail, { claim, why });
  if (!isNoted) throw new RetryLaterError('the claim of this mail just changed');
  return { kind: 'skipped', why: 'unknown' };
}
