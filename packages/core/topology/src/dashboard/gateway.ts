import type { Metric } from '../metrics.ts';
import { countOf, type DashboardRow, successes } from './widget.ts';

const processing = (statistic: 'p50' | 'p95'): Metric => ({
  of: 'service',
  service: 'webhook',
  name: 'WebhookProcessingTime',
  statistic,
});

/** What the gateway tells us, and what we ask it. */
export const gatewayRows: readonly DashboardRow[] = [
  {
    title: 'Webhook',
    widgets: [
      {
        title: 'Processing time',
        shows: 'lines',
        unit: 'milliseconds',
        series: [
          { label: 'half of them', measure: processing('p50') },
          { label: '95 % of them', measure: processing('p95') },
        ],
      },
      {
        title: 'Answers',
        shows: 'lines',
        unit: 'count',
        series: [
          successes('answered', 'webhook', 'WebhookFailed'),
          countOf('errors of ours', 'webhook', 'WebhookFailed'),
          countOf('wrong authentication', 'webhook', 'WebhookAuthenticationFailed'),
          countOf('ignored', 'webhook', 'WebhookIgnored'),
          countOf('of an unknown order', 'webhook', 'WebhookUnknownOrder'),
        ],
      },
    ],
  },
  {
    title: 'Sweep: orders that nobody has told us of, once a minute',
    widgets: [
      {
        title: 'Runs',
        shows: 'lines',
        unit: 'count',
        series: [
          countOf('runs', 'reconciliation', 'SweepFinished'),
          countOf('orders due', 'reconciliation', 'SweepDue'),
          countOf('orders it could not look at', 'reconciliation', 'SweepErrors'),
        ],
      },
      {
        title: 'What it found',
        shows: 'lines',
        unit: 'count',
        series: [
          countOf('paid', 'reconciliation', 'SweepSettled'),
          countOf('failed', 'reconciliation', 'SweepFailed'),
          countOf('expired', 'reconciliation', 'SweepExpired'),
          countOf('published again', 'reconciliation', 'SweepRepaired'),
          countOf('left to a person', 'reconciliation', 'SweepParked'),
        ],
      },
      {
        title: 'Time of a run',
        shows: 'lines',
        unit: 'milliseconds',
        series: [
          {
            label: '95 % of them',
            measure: {
              of: 'service',
              service: 'reconciliation',
              name: 'SweepDuration',
              statistic: 'p95',
            },
          },
        ],
      },
    ],
  },
];
