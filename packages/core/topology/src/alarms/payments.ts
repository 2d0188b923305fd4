import { failedOfEnded } from '../metrics.ts';
import { type Alarm, sparse } from './alarm.ts';

/** What goes wrong with payments themselves. */
export const paymentAlarms: readonly Alarm[] = [
  {
    ...sparse,
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
    ...sparse,
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
