import { expect, test } from 'vitest';
import { columnTitles, formatMeasure, isMet } from './format-measure.ts';
import { formatTable } from './format-table.ts';

test('a measure stands under its column titles, its goal beside the ratio', () => {
  const table = formatTable([
    columnTitles,
    formatMeasure({
      what: 'webhook',
      unit: 'ms',
      measured: 3.05,
      baseline: 2.9,
      ratio: { median: 1.052, low: 1.03, high: 1.08 },
      goal: { atMost: 1.1 },
    }),
    formatMeasure({ what: 'effects, p99', unit: 'ms', measured: 41.6 }),
  ]);
  expect(table.split('\n')).toEqual([
    '              measured     bare  ratio  quartiles     goal',
    'webhook        3.05 ms  2.90 ms   1.05  1.03-1.08  <= 1.10  met',
    'effects, p99     42 ms',
  ]);
});

test('a goal is judged by the number that is printed', () => {
  expect(isMet({ atMost: 1.1 }, 1.104)).toBe(true);
  expect(isMet({ atMost: 1.1 }, 1.106)).toBe(false);
  expect(isMet({ atLeast: 0.6 }, 0.596)).toBe(true);
  expect(isMet({ atLeast: 0.6 }, 0.59)).toBe(false);
});
