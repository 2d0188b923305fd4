import type { MailState } from '@cloudnestle/contracts/items/notification';
import { findFunction } from '@cloudnestle/topology/functions';

const FUNCTION_TIMEOUT_MS = findFunction('notifications').timeoutSeconds * 1000;

/** Whether a mail's claimant cannot be alive any more: its function's time is over. */
export function isDeadClaim(
  { claimedAt }: Extract<MailState, { state: 'sending' }>,
  now: Date,
): boolean {
  return now.getTime() - new Date(claimedAt).getTime() >= FUNCTION_TIMEOUT_MS;
}
