import { istDay } from './ist.ts';

const BANK_DAYS = 2;
const DAY_MS = 86_400_000;

/**
 * When the money is expected: the IST day of completion plus two bank days (mission: T+2). Sundays, second and fourth
 * Saturdays and the given holidays (`2025-10-02`) are none. An expectation: the gateway's contract decides.
 */
export function expectedSettlementDate(
  completedAt: Date,
  holidays: readonly string[] = [],
): string {
  let day = new Date(`${istDay(completedAt)}T00:00:00.000Z`);
  for (let counted = 0; counted < BANK_DAYS; ) {
    day = new Date(day.getTime() + DAY_MS);
    if (isBankDay(day, holidays)) counted += 1;
  }
  return day.toISOString().slice(0, 10);
}

function isBankDay(day: Date, holidays: readonly string[]): boolean {
  const weekday = day.getUTCDay();
  if (weekday === 0) return false;
  const weekOfMonth = Math.ceil(day.getUTCDate() / 7);
  if (weekday === 6 && (weekOfMonth === 2 || weekOfMonth === 4)) return false;
  return !holidays.includes(day.toISOString().slice(0, 10));
}
