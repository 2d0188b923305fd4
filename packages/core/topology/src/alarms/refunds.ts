import { counted, type Metric } from '../metrics.ts';
import { type Alarm, missingIsFine, standingAlarms } from './alarm.ts';

/** More than this in one day of India, and an operator looks whether all of it was meant. */
const MOST_OF_A_DAY_IN_RUPEES = 50_000;

/** What goes wrong with money on its way back. That a refund failed is a state of its order (`attention-refund-failed`). */
export const refundAlarms: readonly Alarm[] = [
  {
    name: 'refund-sweep-not-running',
    meaning: 'No refund sweep has ended for 5 minutes; refunds that stand still wait.',
    runbook: 'refunds-standing-still',
    measure: counted('refunds', 'RefundSweepFinished'),
    raised: { below: 1 },
    // By the minute: of longer periods CloudWatch lets several pass before it believes that nothing comes.
    periodSeconds: 60,
    periods: 5,
    missing: 'raised',
  },
  {
    ...missingIsFine,
    name: 'refund-sweep-failing',
    meaning: 'Refunds could not be looked at for 15 minutes.',
    runbook: 'refunds-standing-still',
    measure: counted('refunds', 'RefundSweepErrors'),
    raised: { above: 0 },
    periods: 3,
  },
  ...standingAlarms({
    name: 'refunds-standing-still',
    meaning: 'A refund did not reach the gateway, or its end did not reach its order, for an hour.',
    growth: 'Another refund did not reach the gateway, or its end its order, for an hour.',
    runbook: 'refunds-standing-still',
    measure: gauge('refunds', 'RefundsStandingStill'),
  }),
  ...standingAlarms({
    name: 'money-owed',
    meaning: 'A buyer was charged twice, and the money is owed for more than a day.',
    growth: 'Another buyer was charged twice, and the money is owed for more than a day.',
    runbook: 'money-owed',
    measure: gauge('reconciliation', 'OwedOverOneDay'),
  }),
  {
    ...missingIsFine,
    name: 'refunds-of-a-day',
    meaning: `More than ₹${MOST_OF_A_DAY_IN_RUPEES.toLocaleString('en-IN')} were paid back today.`,
    runbook: 'refunds-of-a-day',
    measure: gauge('refunds', 'RefundedTodayInRupees'),
    raised: { above: MOST_OF_A_DAY_IN_RUPEES },
  },
];

/** A number that is said once a minute; its most within a period. */
function gauge(
  service: 'refunds' | 'reconciliation',
  name: Extract<Metric, { of: 'service' }>['name'],
) {
  return { of: 'service', service, name, statistic: 'Maximum' } as const;
}
