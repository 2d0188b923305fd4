import { counted, failedOfEnded, type ServiceName } from '../metrics.ts';
import { type Alarm, atAll, sparse } from './alarm.ts';

/** What goes wrong with what a payment brings: tier, access and mail. */
export const effectAlarms: readonly Alarm[] = [
  {
    ...atAll,
    name: 'tier-updates-failing',
    meaning: 'Buyers have paid and their account does not become Pro.',
    runbook: 'tier-updates-failing',
    measure: trouble('tiers'),
  },
  {
    ...atAll,
    name: 'entitlements-failing',
    meaning: 'Buyers have paid and their token stays limited.',
    runbook: 'entitlements-failing',
    measure: trouble('entitlements'),
  },
  {
    ...sparse,
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
    ...atAll,
    name: 'mail-unknown',
    meaning: 'SES never said whether it took a mail, so no machine sends it again.',
    runbook: 'mails-not-delivered',
    measure: counted('notifications', 'EmailUnknown'),
  },
  {
    // At 5 % SES puts an account under review, at 10 % it may stop it from sending.
    ...sparse,
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

/** A record given up on, or three failed tries within a period: one try may fail when AWS is busy, three in a row do not. */
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
