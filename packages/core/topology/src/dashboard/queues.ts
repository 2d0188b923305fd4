import { deliveryDeadLetterQueue } from '../bus.ts';
import type { QueueMetric } from '../metrics.ts';
import { subscriptions } from '../subscriptions.ts';
import type { DashboardRow, Series } from './widget.ts';

const queues = subscriptions.map(({ subscriber, queue }) => ({ label: subscriber, queue }));
const deadLetterQueues = [
  ...subscriptions.map(({ subscriber, deadLetterQueue }) => ({
    label: subscriber,
    queue: deadLetterQueue,
  })),
  { label: 'delivery', queue: deliveryDeadLetterQueue },
];

/** What waits, and what nobody works on any more. */
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
