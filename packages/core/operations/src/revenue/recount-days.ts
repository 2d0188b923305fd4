import type { RevenueItem } from '@cloudnestle/contracts/items/revenue';
import type { Catalogue } from '@cloudnestle/payments/catalogue';
import { addMs, type Clock } from '@cloudnestle/payments/clock';
import { istDay, istMidnight } from '@cloudnestle/payments/ist';
import { type ListOrders, readRange } from '../orders-by-day.ts';
import type { ListPaidBack } from '../refunds/paid-back.ts';
import { countOrder, LONGEST_LAG_DAYS, startCount } from './count-orders.ts';
import type { RevenueDays } from './revenue-days.ts';

export interface RevenueDependencies {
  listOrders: ListOrders;
  listPaidBack: ListPaidBack;
  days: RevenueDays;
  catalogue: Catalogue;
  now: Clock;
}

/**
 * Counts a day in India anew, from the index of orders by day and the one of refunds by day, and keeps it. Run again it comes
 * to the same; nothing is added to what was counted before.
 */
export async function recountDay(deps: RevenueDependencies, day: string): Promise<RevenueItem> {
  const countedAt = deps.now().toISOString();
  const range = readRange({ startDate: day, endDate: day });
  const counts = startCount();
  for await (const rows of deps.listOrders(range)) {
    for (const row of rows) countOrder(counts, row, { day, catalogue: deps.catalogue });
  }
  const [paidBack] = await deps.listPaidBack(range);
  const item: RevenueItem = {
    pk: 'revenue',
    sk: day,
    countedAt,
    ...counts,
    refunds: { refunds: paidBack?.refunds ?? 0, amountInPaisa: paidBack?.amountInPaisa ?? 0 },
  };
  await deps.days.keep(item);
  return item;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** How old a day's count may be. Money comes late, buyers pay twice, refunds take days: older days change ever more rarely. */
const ages: readonly { upToDays: number; mostMs: number }[] = [
  { upToDays: 1, mostMs: 4 * MINUTE_MS },
  { upToDays: 7, mostMs: 60 * MINUTE_MS },
  { upToDays: 35, mostMs: DAY_MS },
  { upToDays: LONGEST_LAG_DAYS, mostMs: 7 * DAY_MS },
];

/** The days that are to be counted now, the latest first. Older ones than these are counted by hand alone. */
export function findDueDays(counted: readonly RevenueItem[], now: Date): string[] {
  const countedAt = new Map(counted.map((item) => [item.sk, Date.parse(item.countedAt)]));
  return lastDays(now).filter((day, age) => {
    const at = countedAt.get(day);
    const limit = ages.find(({ upToDays }) => age <= upToDays);
    return at === undefined || (limit !== undefined && now.getTime() - at >= limit.mostMs);
  });
}

function lastDays(now: Date): string[] {
  const today = istMidnight(istDay(now));
  return Array.from({ length: LONGEST_LAG_DAYS + 1 }, (_, age) =>
    istDay(addMs(today, -age * DAY_MS)),
  );
}

/** Counts the days that are due until `hasTime` says no; the next run does the rest. Answers how many. */
export async function recountDueDays(
  deps: RevenueDependencies,
  hasTime: () => boolean,
): Promise<{ due: number; counted: number }> {
  const now = deps.now();
  const days = lastDays(now);
  const known = await deps.days.list({ from: days.at(-1) ?? '', to: days[0] ?? '' });
  const due = findDueDays(known, now);
  let counted = 0;
  for (const day of due) {
    if (!hasTime()) break;
    await recountDay(deps, day);
    counted += 1;
  }
  return { due: due.length, counted };
}
