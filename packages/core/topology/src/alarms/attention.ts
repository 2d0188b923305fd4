import { type AttentionReason, attentionReasons } from '@cloudnestle/contracts/items/attention';
import { attentionGauges } from '@cloudnestle/contracts/metric-names';
import type { Alarm } from './alarm.ts';
import { attentionRunbook } from './attention-runbook.ts';
import { standingAlarms } from './standing.ts';

/** What an alarm says of the orders that need a person for one reason: that there are some, in one sentence. */
const meanings: Readonly<Record<AttentionReason, string>> = {
  MISMATCH: "The gateway's final answer about an order does not fit our row; nothing was granted.",
  NO_OUTCOME: 'No machine can find out how an order ended.',
  EFFECTS_MISSING: 'A buyer has paid, and still does not hold what was paid for.',
  NOT_REACHED: 'The outcome of an order was published again and again and never reached its row.',
  CHARGED_TWICE: "A buyer's money was taken more than once; the rest is owed back.",
  DISPUTE: 'A buyer disputes a payment with their bank; it must be answered in time.',
  PARTIAL_REFUND: 'Less than was paid went back to a buyer, so access was left as it is.',
  REFUND_FAILED: 'Money is said to have gone back, and the gateway does not confirm it.',
  UNKNOWN_TIER: 'A buyer holds a tier that the catalogue does not know; it was left alone.',
};

/**
 * Orders that need a person, by reason: the sweep counts them every minute from the rows themselves, so that what a lost
 * answer or a death has kept from being counted once is counted by the next run.
 */
export const attentionAlarms: readonly Alarm[] = attentionReasons.flatMap((reason) => {
  const page = attentionRunbook(reason);
  return standingAlarms({
    name: page,
    meaning: meanings[reason],
    growth: `Another order: ${lowerFirst(meanings[reason])}`,
    runbook: page,
    measure: {
      of: 'service',
      service: 'reconciliation',
      name: attentionGauges[reason],
      statistic: 'Maximum',
    },
  });
});

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
