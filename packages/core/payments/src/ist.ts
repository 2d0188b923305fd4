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
