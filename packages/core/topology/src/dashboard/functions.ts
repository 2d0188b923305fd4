import { functions } from '../functions.ts';
import type { DashboardRow, Series } from './widget.ts';

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
