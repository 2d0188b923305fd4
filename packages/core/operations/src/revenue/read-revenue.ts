import type { AnalyticsQuery, AnalyticsResponse } from '@cloudnestle/contracts/admin/analytics';
import { addMs } from '@cloudnestle/payments/clock';
import { istDay } from '@cloudnestle/payments/ist';
import { readRange } from '../orders-by-day.ts';
import { LONGEST_LAG_DAYS } from './count-orders.ts';
import { describeRevenue } from './describe-revenue.ts';
import type { RevenueDays } from './revenue-days.ts';

const DAY_MS = 86_400_000;

/** The revenue of some days as it was counted. Throws a 400 where the range makes no sense. */
export async function readRevenue(
  days: Pick<RevenueDays, 'list'>,
  { from, to }: AnalyticsQuery,
): Promise<Omit<AnalyticsResponse, 'success'>> {
  const range = readRange({ startDate: from, endDate: to });
  const began = istDay(addMs(range.from, -LONGEST_LAG_DAYS * DAY_MS));
  return describeRevenue(await days.list({ from: began, to }), range.days.toReversed());
}
