import { istDay } from '../ist.ts';

/** India keeps one offset from UTC all year. */
const IST_OFFSET_MS = 330 * 60_000;
const DAY_MS = 86_400_000;

/**
 * The moment so many civil months later in India: the same day of the month at the same time. A month without that day
 * gives its last one, to the end, so that who pays later never holds less: 31 January, all of 28 February, 31 March.
 */
export function addCivilMonths(anchor: Date, months: number): Date {
  const [year = 0, month = 1, day = 1] = istDay(anchor).split('-').map(Number);
  const timeOfDayMs = (anchor.getTime() + IST_OFFSET_MS) % DAY_MS;
  const index = month - 1 + months;
  // Day 0 of the month after is the last one of the month.
  const lastDay = new Date(Date.UTC(year, index + 1, 0)).getUTCDate();
  const reached =
    day <= lastDay
      ? Date.UTC(year, index, day) + timeOfDayMs
      : Date.UTC(year, index, lastDay) + DAY_MS - 1;
  return new Date(reached - IST_OFFSET_MS);
}
