import { addMs } from '@cloudnestle/payments/clock';
import { utcDay } from '@cloudnestle/payments/ist';
import type { QuotaDay } from './dependencies.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** The day that searches are counted for at a moment, and when the next one begins. */
export function quotaDayOf(now: Date, utcOffsetMinutes: number): QuotaDay & { resetsAt: Date } {
  const offsetMs = utcOffsetMinutes * MINUTE_MS;
  const local = addMs(now, offsetMs);
  const tomorrow = utcDay(addMs(local, DAY_MS));
  return {
    today: utcDay(local),
    tomorrow,
    resetsAt: addMs(new Date(`${tomorrow}T00:00:00.000Z`), -offsetMs),
  };
}
