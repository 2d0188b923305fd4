import type { Metric } from '../metrics.ts';
import { countOf, type DashboardRow } from './widget.ts';

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
