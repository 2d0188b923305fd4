import type { ReportRequest } from '@cloudnestle/contracts/http/reconciliation-report';
import { addMs } from '@cloudnestle/payments/clock';
import { istDay, istMidnight } from '@cloudnestle/payments/ist';
import { invalidRequest } from '@cloudnestle/runtime/http/errors';

/** More would not be read within one answer. */
const MOST_DAYS = 92;
const DAY_MS = 86_400_000;

/** A span of orders by their creation, both ends included, the last one with its whole precision. */
export interface DayRange {
  from: Date;
  to: Date;
  /** The days in India that it touches, the latest first. */
  days: readonly string[];
}

/** Reads the two ends of a report's range. Throws a 400 where they make no sense. */
export function readRange({
  startDate,
  endDate,
}: Pick<ReportRequest, 'startDate' | 'endDate'>): DayRange {
  const from = isDay(startDate) ? istMidnight(startDate) : new Date(startDate);
  const to = isDay(endDate) ? addMs(istMidnight(endDate), DAY_MS - 1) : endOfMoment(endDate);
  if (from > to)
    throw invalidRequest([{ field: 'endDate', message: 'must not be before the start' }]);
  const days = listDays(from, to);
  if (days.length > MOST_DAYS) {
    throw invalidRequest([
      { field: 'endDate', message: `must be within ${MOST_DAYS} days of the start` },
    ]);
  }
  return { from, to, days };
}

function isDay(text: string): boolean {
  return text.length === 'yyyy-mm-dd'.length;
}

/**
 * The last millisecond of what the text names: 18:29:59 is that whole second. So a range that ends there and the next one,
 * from 18:30:00 on, leave no order between them.
 */
function endOfMoment(text: string): Date {
  const fraction = /\.(\d+)/.exec(text)?.[1] ?? '';
  const lastsMs = 10 ** Math.max(0, 3 - fraction.length);
  return addMs(new Date(text), lastsMs - 1);
}

function listDays(from: Date, to: Date): string[] {
  const days: string[] = [];
  const last = istDay(to);
  for (let at = from; days.length <= MOST_DAYS && istDay(at) <= last; at = addMs(at, DAY_MS)) {
    days.push(istDay(at));
  }
  return days.toReversed();
}
