import type { RevenueDay, RevenueNumbers } from '@cloudnestle/contracts/admin/analytics';
import { toWords } from '../parts/format.ts';

/** The part of those who clicked who have paid, in percent; undefined where none clicked. */
export function conversionOf({ clicks, clicksPaid }: RevenueNumbers): number | undefined {
  return clicks === 0 ? undefined : (clicksPaid / clicks) * 100;
}

/** One line of a list of bars. */
export interface Share {
  name: string;
  count: number;
  paisa: number | undefined;
}

export function listFailures({ failedByReason }: RevenueNumbers): Share[] {
  return Object.entries(failedByReason)
    .map(([reason, count = 0]) => ({ name: toWords(reason), count, paisa: undefined }))
    .toSorted((one, other) => other.count - one.count);
}

const headings = [
  ...['day', 'asOf', 'clicks', 'clicksPaid', 'clicksFailed', 'clicksOpen', 'payments'],
  ...['grossInPaisa', 'refunds', 'refundsInPaisa', 'netInPaisa', 'owedInPaisa', 'medianSeconds'],
];

/** The days as rows of a file: the very numbers of the plots. */
export function toRows(days: readonly RevenueDay[]): (string | number)[][] {
  return [
    headings,
    ...days.map((day) => [
      day.day,
      day.asOf ?? '',
      day.clicks,
      day.clicksPaid,
      day.clicksFailed,
      day.clicksOpen,
      day.payments,
      day.grossInPaisa,
      day.refunds,
      day.refundsInPaisa,
      day.netInPaisa,
      day.owedInPaisa,
      day.waits.medianSeconds ?? '',
    ]),
  ];
}
