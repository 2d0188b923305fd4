import { counted, countedBy, failedOfEnded } from '../metrics.ts';
import { type Alarm, atAll, sparse } from './alarm.ts';

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
  {
    ...atAll,
    name: 'amount-mismatch',
    meaning: "The gateway's answer about an order does not fit our row; nothing was granted.",
    runbook: 'amount-mismatch',
    measure: countedBy(['checkout', 'webhook', 'reconciliation'], 'AmountMismatch'),
  },
  {
    ...atAll,
    name: 'charged-twice',
    meaning: 'A buyer paid twice for the same plan; the second payment is owed back.',
    runbook: 'charged-twice',
    measure: counted('reconciliation', 'BuyerChargedTwice'),
  },
  {
    ...atAll,
    name: 'order-needs-review',
    meaning: 'No machine can decide about an order any more.',
    runbook: 'order-needs-review',
    measure: counted('reconciliation', 'OrderNeedsReview'),
  },
  {
    ...atAll,
    name: 'refund-needs-operator',
    meaning: 'A refund is not confirmed, or is less than the order, so access was left as it is.',
    runbook: 'refund-needs-operator',
    measure: counted('reconciliation', 'RefundNeedsOperator'),
  },
  {
    ...atAll,
    name: 'dispute-received',
    meaning: 'A buyer disputes a payment with their bank; it must be answered in time.',
    runbook: 'dispute-received',
    measure: counted('reconciliation', 'DisputeReceived'),
  },
];
