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
        series: [
          countOf('tiers', 'tiers', 'RecordRetried'),
          countOf('entitlements', 'entitlements', 'RecordRetried'),
          countOf('notifications', 'notifications', 'RecordRetried'),
          countOf('reconciliation', 'reconciliation', 'RecordRetried'),
        ],
      },
      {
        title: 'For a person',
        shows: 'lines',
        unit: 'count',
        series: [
          countOf('charged twice', 'reconciliation', 'BuyerChargedTwice'),
          countOf('order needs review', 'reconciliation', 'OrderNeedsReview'),
          countOf('refund needs an operator', 'reconciliation', 'RefundNeedsOperator'),
          countOf('disputes', 'reconciliation', 'DisputeReceived'),
        ],
      },
    ],
  },
];
