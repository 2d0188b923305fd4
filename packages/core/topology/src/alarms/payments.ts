import { type AttentionReason, attentionReasons } from '@cloudnestle/contracts/items/attention';
import { attentionGauges } from '@cloudnestle/contracts/metric-names';
import { counted, failedOfEnded, type ServiceName } from '../metrics.ts';
import {
  type Alarm,
  attentionRunbook,
  missingIsFine,
  raisedByAny,
  standingAlarms,
} from './alarm.ts';

/** What goes wrong with payments themselves. */
export const paymentAlarms: readonly Alarm[] = [
  {
    ...missingIsFine,
    name: 'payment-failures',
    meaning: 'More than 5 % of at least 20 payments that ended within 5 minutes failed.',
    runbook: 'payment-failures',
    measure: {
      formula: 'IF(ended >= 20, 100 * failed / ended, 0)',
      from: failedOfEnded('reconciliation', 'OrderFailed'),
    },
    raised: { above: 5 },
  },
  {
    ...missingIsFine,
    name: 'initiations-failing',
    meaning: 'Buyers ask for a payment page and get an error: 3 or more, and more than 10 %.',
    runbook: 'initiations-failing',
    measure: {
      formula: 'IF(failed >= 3, 100 * failed / ended, 0)',
      from: failedOfEnded('checkout', 'PaymentInitiationFailed'),
    },
    raised: { above: 10 },
  },
];

/** What an alarm says of the orders that need an operator for one reason: that there are some, in one sentence. */
const meanings: Readonly<Record<AttentionReason, string>> = {
  MISMATCH: "The gateway's final answer about an order does not fit our row; nothing was granted.",
  NO_OUTCOME: 'No machine can find out how an order ended.',
  EFFECTS_MISSING: 'A buyer has paid, and still does not hold what was paid for.',
  NOT_REACHED: 'The outcome of an order was published again and again and never reached its row.',
  CHARGED_TWICE: "A buyer's money was taken more than once; the rest is owed back.",
  DISPUTE: 'A buyer disputes a payment with their bank; it must be answered in time.',
  PARTIAL_REFUND: 'Less than was paid went back to a buyer, so access was left as it is.',
  REFUND_FAILED: 'A refund failed, or the gateway does not confirm that money went back.',
  UNKNOWN_TIER: 'A buyer holds a tier that the catalogue does not know; it was left alone.',
};

/**
 * Orders that need an operator, by reason: the sweep counts them every minute from the rows themselves, so that what a lost
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

/** What goes wrong where the gateway calls. */
export const webhookAlarms: readonly Alarm[] = [
  {
    ...missingIsFine,
    name: 'webhook-errors',
    meaning: 'Webhooks are answered with errors of ours: 3 or more, and more than 5 %.',
    runbook: 'webhook-errors',
    measure: {
      // One that is faster than the gateway's own order status is answered 503 as well, and comes again.
      formula: 'IF(failed >= 3, 100 * failed / ended, 0)',
      from: failedOfEnded('webhook', 'WebhookFailed'),
    },
    raised: { above: 5 },
  },
  {
    ...missingIsFine,
    name: 'webhook-authentication',
    meaning: 'At least 20 webhooks with wrong authentication within 5 minutes.',
    runbook: 'webhook-authentication',
    measure: counted('webhook', 'WebhookAuthenticationFailed'),
    raised: { above: 19 },
  },
  {
    // A shop with few payments never has 20 webhooks in 5 minutes, and its credentials may be wrong all the same.
    ...missingIsFine,
    name: 'webhooks-all-refused',
    meaning: 'Every webhook of the last 15 minutes was refused for its authentication.',
    runbook: 'webhook-authentication',
    measure: {
      formula: 'IF(refused >= 3, 100 * refused / ended, 0)',
      from: {
        refused: counted('webhook', 'WebhookAuthenticationFailed'),
        ended: failedOfEnded('webhook', 'WebhookFailed').ended,
      },
    },
    raised: { above: 99 },
    periodSeconds: 900,
  },
];

/** What goes wrong with what a payment brings: tier, access and mail. */
export const effectAlarms: readonly Alarm[] = [
  {
    ...raisedByAny,
    name: 'tier-updates-failing',
    meaning: 'Buyers have paid and their account does not get what they bought.',
    runbook: 'tier-updates-failing',
    measure: trouble('tiers'),
  },
  {
    ...raisedByAny,
    name: 'entitlements-failing',
    meaning: 'Buyers have paid and their token stays limited.',
    runbook: 'entitlements-failing',
    measure: trouble('entitlements'),
  },
  {
    ...missingIsFine,
    name: 'mails-not-delivered',
    meaning: 'SES refuses mails: 5 or more, and more than 5 %.',
    runbook: 'mails-not-delivered',
    measure: {
      formula: 'IF(failed >= 5, 100 * failed / ended, 0)',
      from: failedOfEnded('notifications', 'EmailFailed'),
    },
    raised: { above: 5 },
    periodSeconds: 900,
  },
  {
    ...raisedByAny,
    name: 'mail-unknown',
    meaning: 'SES never said whether it took a mail, so no machine sends it again.',
    runbook: 'mails-not-delivered',
    measure: counted('notifications', 'EmailUnknown'),
  },
  {
    // At 5 % SES puts an account under review, at 10 % it may stop it from sending.
    ...missingIsFine,
    name: 'mails-bouncing',
    meaning: 'Mailboxes send back more than 5 % of at least 20 mails of an hour.',
    runbook: 'mails-bouncing',
    measure: {
      formula: 'IF(sent >= 20, 100 * FILL(bounced, 0) / sent, 0)',
      from: {
        sent: { of: 'mail', name: 'Send', statistic: 'Sum' },
        bounced: { of: 'mail', name: 'Bounce', statistic: 'Sum' },
      },
    },
    raised: { above: 5 },
    periodSeconds: 3600,
  },
];

/** What goes wrong with invoices and credit notes. */
export const documentAlarms: readonly Alarm[] = [
  {
    ...raisedByAny,
    name: 'documents-overdue',
    meaning: 'An order was paid or refunded more than an hour ago and still has no document.',
    runbook: 'documents-overdue',
    measure: {
      of: 'service',
      service: 'invoices',
      name: 'DocumentsOverdue',
      statistic: 'Maximum',
    },
  },
  {
    ...missingIsFine,
    name: 'documents-standing-still',
    meaning: 'At least 3 orders were paid within an hour, and no document got a number.',
    runbook: 'documents-overdue',
    measure: {
      formula: 'IF(FILL(issued, 0) < 1, IF(ended - failed >= 3, ended - failed, 0), 0)',
      from: {
        ...failedOfEnded('reconciliation', 'OrderFailed'),
        issued: counted('invoices', 'DocumentIssued'),
      },
    },
    raised: { above: 0 },
    periodSeconds: 3600,
  },
];

/**
 * A record given up on, or three failed tries within a period: one try may fail when AWS is busy, three in a row do
 * not.
 */
function trouble(service: ServiceName) {
  return {
    formula: 'FILL(givenUp, 0) + FILL(notEvenKept, 0) + FLOOR(FILL(failedTries, 0) / 3)',
    from: {
      givenUp: counted(service, 'RecordDeadLettered'),
      notEvenKept: counted(service, 'DeadLetterNotSent'),
      failedTries: counted(service, 'RecordRetried'),
    },
  };
}
