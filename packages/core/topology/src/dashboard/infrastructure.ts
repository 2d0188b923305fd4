import { deliveryDeadLetterQueue } from '../bus.ts';
import { functions } from '../functions.ts';
import type { Metric, QueueMetric } from '../metrics.ts';
import { subscriptions } from '../subscriptions.ts';
import { countOf, type DashboardRow, type Series, successes } from './widget.ts';

const processing = (statistic: 'p50' | 'p95'): Metric => ({
  of: 'service',
  service: 'webhook',
  name: 'WebhookProcessingTime',
  statistic,
});

/** What the gateway tells, and what it is asked. */
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
    title: 'Sweep: orders that no webhook has told us of, once a minute',
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
          countOf('reminded', 'reconciliation', 'SweepReminded'),
          countOf('ended', 'reconciliation', 'SweepEnded'),
          countOf('published again', 'reconciliation', 'SweepRepaired'),
          countOf('left to an operator', 'reconciliation', 'SweepParked'),
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

const queues = subscriptions.map(({ subscriber, queue }) => ({ label: subscriber, queue }));
const deadLetterQueues = [
  ...subscriptions.map(({ subscriber, deadLetterQueue }) => ({
    label: subscriber,
    queue: deadLetterQueue,
  })),
  { label: 'delivery', queue: deliveryDeadLetterQueue },
];

/** What waits, and what no subscriber works on any more. */
export const queueRow: DashboardRow = {
  title: 'Queues',
  widgets: [
    {
      title: 'Waiting',
      shows: 'lines',
      unit: 'count',
      series: most(queues, 'ApproximateNumberOfMessagesVisible'),
    },
    {
      title: 'At work, or between two tries',
      shows: 'lines',
      unit: 'count',
      series: most(queues, 'ApproximateNumberOfMessagesNotVisible'),
    },
    {
      title: 'Age of the oldest',
      shows: 'lines',
      unit: 'seconds',
      series: most(queues, 'ApproximateAgeOfOldestMessage'),
    },
    {
      title: 'Dead letters',
      shows: 'lines',
      unit: 'count',
      series: most(deadLetterQueues, 'ApproximateNumberOfMessagesVisible'),
    },
  ],
};

function most(of: readonly { label: string; queue: string }[], name: QueueMetric): Series[] {
  return of.map(({ label, queue }) => ({
    label,
    measure: { of: 'queue', queue, name, statistic: 'Maximum' },
  }));
}

/** What runs. */
export const functionRow: DashboardRow = {
  title: 'API and functions',
  widgets: [
    {
      title: 'API: calls and errors',
      shows: 'lines',
      unit: 'count',
      series: [
        { label: 'calls', measure: { of: 'api', name: 'Count', statistic: 'Sum' } },
        { label: 'refused (4xx)', measure: { of: 'api', name: '4xx', statistic: 'Sum' } },
        { label: 'errors of ours (5xx)', measure: { of: 'api', name: '5xx', statistic: 'Sum' } },
      ],
    },
    {
      title: 'API: time to answer',
      shows: 'lines',
      unit: 'milliseconds',
      series: [
        { label: 'half of them', measure: { of: 'api', name: 'Latency', statistic: 'p50' } },
        { label: '95 % of them', measure: { of: 'api', name: 'Latency', statistic: 'p95' } },
      ],
    },
    { title: 'Crashes', shows: 'lines', unit: 'count', series: ofEachFunction('Errors') },
    { title: 'Throttled', shows: 'lines', unit: 'count', series: ofEachFunction('Throttles') },
  ],
};

function ofEachFunction(name: 'Errors' | 'Throttles'): Series[] {
  return functions.map((each) => ({
    label: each.name,
    measure: { of: 'function', function: each.name, name, statistic: 'Sum' },
  }));
}
