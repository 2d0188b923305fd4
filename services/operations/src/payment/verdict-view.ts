import type { RepairView, VerdictView } from '@cloudnestle/contracts/admin/payment';
import { holdsAfterLostDispute } from '@cloudnestle/operations/attention/reasons';
import type { OrderStory } from '@cloudnestle/operations/story/story';
import { isMendable, type Verdict } from '@cloudnestle/operations/verdict/judge-story';
import { plural } from '@cloudnestle/operations/words/plural';
import { readAttention } from '@cloudnestle/payments/attention/attention';
import { attentionRunbook } from '@cloudnestle/topology/alarms/alarm';
import type { QueueCounts } from './gather-facts.ts';

/** The verdict as it is shown, in the command line's words. */
export function viewVerdict({ needs: _needs, ...verdict }: Verdict): VerdictView {
  return verdict;
}

/**
 * The same, where dead letters lie that were not looked at: they may be this order's, so nothing is certain. Where none
 * lie, there is nothing to look at.
 */
export function viewUnlooked(verdict: Verdict, queues: QueueCounts): VerdictView {
  const unlooked = queues.flatMap(({ name, dead }) => {
    if ('unread' in dead)
      return [`The dead letters of ${name} could not be counted: ${dead.unread}.`];
    const count = dead.waiting + dead.inFlight;
    if (count === 0) return [];
    return [
      `${capital(plural(count, 'dead letter'))} of ${name} may be this order's: they were not looked at.`,
    ];
  });
  const view = viewVerdict(verdict);
  return unlooked.length === 0
    ? view
    : { ...view, isCertain: false, findings: [...view.findings, ...unlooked] };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The one route that mends what the verdict is about; its command is the verdict's. */
export function viewRepair(story: Pick<OrderStory, 'order'>, verdict: Verdict): RepairView {
  const { row } = story.order;
  const command = verdict.command === undefined ? {} : { command: verdict.command };
  if (isMendable(verdict)) return { action: 'repair', ...command, runbook: 'user-not-pro' };
  if (verdict.needs.has('resend')) {
    return { action: 'resendMail', ...command, runbook: 'mails-not-delivered' };
  }
  const [first] = readAttention(row);
  if (!first) return { action: verdict.command === undefined ? 'none' : 'terminal', ...command };
  const { reason } = first;
  const runbook = attentionRunbook(reason);
  if (reason === 'DISPUTE' && holdsAfterLostDispute(row)) {
    return { action: 'endAccess', ...command, runbook };
  }
  const seen = row.attentionVersion === undefined ? {} : { seenVersion: row.attentionVersion };
  if (reason === 'CHARGED_TWICE') {
    return { action: 'refund', attentionReason: reason, ...seen, ...command, runbook };
  }
  return { action: 'resolveAttention', attentionReason: reason, ...seen, ...command, runbook };
}
