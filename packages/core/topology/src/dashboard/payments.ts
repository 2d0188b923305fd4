import type { AttentionReason } from '@cloudnestle/contracts/items/attention';
import { attentionGauges, type MetricName } from '@cloudnestle/contracts/metric-names';
import type { Metric, ServiceName } from '../metrics.ts';
import { subscriberNames } from '../subscribers.ts';
import { countOf, type DashboardRow, type Series, successes, successRate } from './widget.ts';

const funnel: readonly Series[] = [
  countOf('payment pages opened', 'checkout', 'PaymentInitiationSucceeded'),
  successes('paid', 'reconciliation', 'OrderFailed'),
  countOf('failed', 'reconciliation', 'OrderFailed'),
  countOf('abandoned', 'reconciliation', 'OrderAbandoned'),
];

/** What buyers do, and what they get for it. */
export const paymentRows: readonly DashboardRow[] = [
  {
    title: 'Buyers: how many begin, and how many pay',
    widgets: [
      { title: 'Orders', shows: 'numbers', unit: 'count', series: funnel },
      { title: 'Orders', shows: 'lines', unit: 'count', series: funnel },
      {
        title: 'Success rates',
        shows: 'lines',
        unit: 'percent',
        series: [
          successRate('asked for a payment page and got it', 'checkout', 'PaymentInitiationFailed'),
          successRate('tried to pay and paid', 'reconciliation', 'OrderFailed'),
        ],
      },
    ],
  },
  {
    title:
      'What a payment brings: how many events each subscriber brought to an end, of those it did not put off',
    widgets: [
      {
        title: 'Success rates',
        shows: 'numbers',
        unit: 'percent',
        series: [
          successRate('tier updates', 'tiers', 'RecordDeadLettered'),
          successRate('entitlements', 'entitlements', 'RecordDeadLettered'),
          successRate('books', 'reconciliation', 'RecordDeadLettered'),
          successRate('mails taken by SES', 'notifications', 'EmailFailed'),
        ],
      },
      {
        title: 'Access',
        shows: 'lines',
        unit: 'count',
        series: [
          countOf('tiers updated', 'tiers', 'TierUpdated'),
          countOf('records updated', 'entitlements', 'EntitlementUpdated'),
          countOf('records made', 'entitlements', 'EntitlementCreated'),
          countOf('access taken back', 'reconciliation', 'AccessRevoked'),
        ],
      },
      {
        title: 'Failed tries, which come again',
        shows: 'lines',
        unit: 'count',
        series: [...subscriberNames.map((name) => countOf(name, name, 'RecordRetried'))],
      },
    ],
  },
  {
    title: 'Money back',
    widgets: [
      {
        title: 'Refunds',
        shows: 'lines',
        unit: 'count',
        series: [
          countOf('sent to the gateway', 'refunds', 'RefundSubmitted'),
          countOf('paid back', 'refunds', 'RefundCompleted'),
          countOf('failed', 'refunds', 'RefundFailed'),
        ],
      },
      {
        title: 'Under way now',
        shows: 'lines',
        unit: 'count',
        series: [
          gaugeOf('open', 'refunds', 'RefundsOpen'),
          gaugeOf('standing still', 'refunds', 'RefundsStandingStill'),
          gaugeOf('owed for more than a day', 'reconciliation', 'OwedOverOneDay'),
        ],
      },
      {
        title: 'Rupees paid back today',
        shows: 'lines',
        unit: 'count',
        series: [gaugeOf('rupees', 'refunds', 'RefundedTodayInRupees')],
      },
    ],
  },
  {
    title: 'Orders that need an operator now, by reason',
    widgets: [
      {
        title: 'Money',
        shows: 'lines',
        unit: 'count',
        series: (['MISMATCH', 'CHARGED_TWICE', 'DISPUTE'] as const).map(inAttention),
      },
      {
        title: 'Refunds',
        shows: 'lines',
        unit: 'count',
        series: (['PARTIAL_REFUND', 'REFUND_FAILED'] as const).map(inAttention),
      },
      {
        title: 'Outcome and access',
        shows: 'lines',
        unit: 'count',
        series: (['NO_OUTCOME', 'NOT_REACHED', 'EFFECTS_MISSING', 'UNKNOWN_TIER'] as const).map(
          inAttention,
        ),
      },
    ],
  },
];

/** How many orders need an operator for a reason. */
function inAttention(reason: AttentionReason): Series {
  const label = reason.toLowerCase().replaceAll('_', ' ');
  return gaugeOf(label, 'reconciliation', attentionGauges[reason]);
}

/** A number that is said once a minute. */
function gaugeOf(label: string, service: ServiceName, name: MetricName): Series {
  return { label, measure: { of: 'service', service, name, statistic: 'Maximum' } };
}

/** What became of mails. */
export const mailRow: DashboardRow = {
  title: 'Mail',
  widgets: [
    {
      title: 'Handed to SES',
      shows: 'lines',
      unit: 'count',
      series: [
        countOf('taken', 'notifications', 'EmailSent'),
        countOf('refused', 'notifications', 'EmailFailed'),
        countOf('unknown', 'notifications', 'EmailUnknown'),
      ],
    },
    {
      title: 'What mailboxes did with it',
      shows: 'lines',
      unit: 'count',
      series: [
        { label: 'delivered', measure: mail('Delivery') },
        { label: 'sent back', measure: mail('Bounce') },
        { label: 'called spam', measure: mail('Complaint') },
      ],
    },
    {
      title: 'Delivery rate',
      shows: 'lines',
      unit: 'percent',
      series: [
        {
          label: 'delivered of sent',
          measure: {
            formula: '100 * delivered / sent',
            from: { delivered: mail('Delivery'), sent: mail('Send') },
          },
        },
      ],
    },
  ],
};

function mail(name: 'Send' | 'Delivery' | 'Bounce' | 'Complaint'): Metric {
  return { of: 'mail', name, statistic: 'Sum' };
}
