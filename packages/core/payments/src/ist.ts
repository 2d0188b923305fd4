const IST_OFFSET_MS = 330 * 60_000;

/** The calendar day in India (UTC+5:30, no daylight saving), `2025-11-23`. */
export function istDay(moment: Date): string {
  return new Date(moment.getTime() + IST_OFFSET_MS).toISOString().slice(0, 10);
}

/** The moment a day begins in India. */
export function istMidnight(day: string): Date {
  return new Date(new Date(`${day}T00:00:00.000Z`).getTime() - IST_OFFSET_MS);
}

/** The UTC day, as the entitlement records count usage. */
export function utcDay(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

const BANK_DAYS = 2;
const DAY_MS = 86_400_000;

/**
 * When the money is expected: the IST day of completion plus two bank days. Sundays, second and fourth
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
